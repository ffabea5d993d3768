from __future__ import annotations

import random
import stat
from pathlib import Path

import pytest

from storage.errors import KeysRefused, Unreadable
from storage.keys import UNWRAPPED_MAX, Keyring, new_key, salted_digest

randomness = random.Random(3).randbytes


def test_a_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    """Made with mode 0600, never overwritten; what it seals, it opens after loading (S25)."""
    path = tmp_path / "key"
    made = Keyring.create(path, randomness)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Keyring.load(path).open(made.seal(b"dag")) == b"dag"
    with pytest.raises(KeysRefused) as caught:
        Keyring.create(path, randomness)
    assert caught.value.reason == "exists"
    with pytest.raises(KeysRefused) as caught:
        Keyring.create(Path("/proc/key"), randomness)
    assert caught.value.reason == "not_writable"


@pytest.mark.parametrize(
    ("content", "mode", "reason"),
    [
        (None, 0o600, "missing"),
        (b"", 0o600, "empty"),
        (b"# a comment only\n\n", 0o600, "empty"),
        (b"Canary\n", 0o600, "not_a_key"),
        (new_key(randomness) + b"\n" + b"x" * 44, 0o600, "not_a_key"),
        (new_key(randomness), 0o640, "too_open"),
        (new_key(randomness), 0o604, "too_open"),
    ],
)
def test_a_key_file_that_cannot_be_used_is_refused(
    tmp_path: Path, content: bytes | None, mode: int, reason: str
) -> None:
    """Missing, empty, broken or readable by others: refused with the way out, no key shown."""
    path = tmp_path / "key"
    if content is not None:
        path.write_bytes(content)
        path.chmod(mode)
    with pytest.raises(KeysRefused) as caught:
        Keyring.load(path)
    assert caught.value.reason == reason and caught.value.way_out
    assert content is None or not content or content.decode().strip() not in str(caught.value)


def test_the_first_key_seals_and_every_key_opens(tmp_path: Path) -> None:
    """A new key is put on the first line; the old ones open what they sealed."""
    old, new = new_key(randomness), new_key(randomness)
    sealed = Keyring.load([old]).seal(b"dag")
    path = tmp_path / "key"
    path.write_bytes(b"# new in 2027\n" + new + b"  # first\n" + old + b"\n")
    path.chmod(0o600)
    both = Keyring.load(path)
    assert both.open(sealed) == b"dag"
    resealed = both.reseal(sealed)
    assert Keyring.load([new]).open(resealed) == b"dag"
    for foreign in (resealed, b"", b"x" * 100, sealed[:-1]):
        with pytest.raises(Unreadable):
            Keyring.load([old]).open(foreign)


def test_a_sealed_value_does_not_tell_when_it_was_written() -> None:
    """Fernet shows a creation time; ours shows 1970 (privacy)."""
    from cryptography.fernet import Fernet

    key = new_key(randomness)
    sealed = Keyring.load([key]).seal(b"dag")
    assert Fernet(key).extract_timestamp(sealed) == 0


def test_the_blind_index_depends_on_the_team_s_secret_only() -> None:
    """Equal values match within a team and kind; other master keys change nothing."""
    old, new = Keyring.load([new_key(randomness)]), new_key(randomness)
    secret = old.wrap(randomness(32))
    moved = Keyring.load([new]).wrap(old.unwrap(secret))
    token = old.blind(secret, "phone", "+32470")
    assert len(token) == 16
    assert Keyring.load([new]).blind(moved, "phone", "+32470") == token
    others = {
        old.blind(secret, "address", "+32470"),
        old.blind(secret, "phone", "+32471"),
        old.blind(old.wrap(randomness(32)), "phone", "+32470"),
        old.mac(secret, "inbox", b"phone\0+32470")[:16],
    }
    assert len(others | {token}) == 5
    assert old.blind(secret, "name", "\ud800") != old.blind(secret, "name", "x")


def test_data_keys_are_forgotten() -> None:
    """An erased case's key is dropped from memory too, and memory is bounded."""
    keys = Keyring.load([new_key(randomness)])
    wrapped = [keys.wrap(new_key(randomness)) for _ in range(UNWRAPPED_MAX + 1)]
    box = keys.box(wrapped[0])
    assert keys.box(wrapped[0]) is box
    keys.forget(wrapped[0])
    assert keys.box(wrapped[0]) is not box
    for one in wrapped:
        keys.box(one)
    assert len(keys._boxes) <= UNWRAPPED_MAX
    with pytest.raises(Unreadable):
        keys.box(b"x")


def test_keys_are_never_shown() -> None:
    """No key in `repr`, whatever prints it (P19)."""
    key = new_key(randomness)
    assert key.decode() not in repr(Keyring.load([key])) + str(vars(Keyring.load([key])))


def test_a_digest_depends_on_field_and_salt() -> None:
    """The same text in another field, or with another salt, has another digest."""
    assert (
        len(
            {salted_digest(b"sa", "name"), salted_digest(b"sb", "name"), salted_digest(b"sa", "x")}
        )
        == 3
    )
