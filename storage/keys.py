"""The keys: what seals personal values at rest, and what the blind index is computed with.

The master keys live in a file apart from the database. They seal short-lived values directly and
wrap one data key per case and one secret per team; a case is erased for good by dropping its
wrapped key, and the blind index and the chains survive a change of master key because they depend
on the team's secret, not on the master key. Nothing here is ever logged or shown by `repr`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from storage.disk import settle
from storage.errors import KeysRefused, Unreadable

Randomness = Callable[[int], bytes]
"""Called with n, gives n unpredictable bytes: the operating system's, or a test's seeded ones."""

KEY_BYTES: Final = 32
UNWRAPPED_MAX: Final = 512
"""Data keys kept open at once: one per case of a busy day; more costs 20 µs each, not safety."""
# A sealed value must not tell when it was written, and this room reads no clock.
_NO_TIME: Final = 0


OPENED_MAX: Final = 500
"""Names kept open in memory: more than the members of the teams one process serves."""


class Keyring:
    """The master keys of one installation: the first seals, all of them open.

    A key is added by putting it on the first line of the key file; the old ones stay below it
    until `storage.rotate` has sealed everything anew.
    """

    def __init__(self, keys: Iterable[bytes]) -> None:
        lines = [key.strip() for key in keys]
        if not lines:
            raise KeysRefused("empty", "The key file holds no key; put the right one back.")
        try:
            self._master = MultiFernet([Fernet(line) for line in lines])
        except ValueError:
            raise KeysRefused(
                "not_a_key", "A line of the key file is not a key; put the right file back."
            ) from None
        self._opened: dict[bytes, str] = {}
        self._boxes: dict[bytes, Fernet] = {}
        self._subkeys: dict[tuple[bytes, str], bytes] = {}

    def __repr__(self) -> str:
        return "Keyring(…)"

    @classmethod
    def load(cls, source: Path | Iterable[bytes]) -> Keyring:
        """Return the keys in a file (one a line, `#` begins a comment) or in a list of lines.

        Raises `KeysRefused` when the file is missing, empty, holds something else than keys, or
        can be read by others than its owner (S25).
        """
        return cls(key_lines(source) if isinstance(source, Path) else source)

    @classmethod
    def create(cls, path: Path, randomness: Randomness = os.urandom) -> Keyring:
        """Make a key file (mode 0600) and return its keys; never overwrites one.

        Raises `KeysRefused` when there is one already or the place cannot be written.
        """
        return cls([make_key_file(path, randomness)])

    def seal(self, plain: bytes) -> bytes:
        """Return `plain` sealed under the first master key."""
        return self._master.encrypt_at_time(plain, _NO_TIME)

    def open(self, sealed: bytes) -> bytes:
        """Return what was sealed under any of the master keys; raises `Unreadable`."""
        try:
            return self._master.decrypt(sealed)
        except InvalidToken:
            raise Unreadable from None

    def open_often(self, sealed: bytes) -> str:
        """Return a text that is read again and again (the members' names), opened once.

        Keeps the latest few; raises `Unreadable`.
        """
        known = self._opened.get(sealed)
        if known is None:
            if len(self._opened) >= OPENED_MAX:
                self._opened.clear()
            known = self._opened[sealed] = self.open(sealed).decode()
        return known

    def reseal(self, sealed: bytes) -> bytes:
        """Return the same value sealed under the first master key; raises `Unreadable`."""
        return self.seal(self.open(sealed))

    def wrap(self, key: bytes) -> bytes:
        """Return a data key as it may be stored."""
        return self.seal(key)

    def unwrap(self, wrapped: bytes) -> bytes:
        """Return the data key; raises `Unreadable`."""
        return self.open(wrapped)

    def box(self, wrapped: bytes) -> Fernet:
        """Return what seals and opens under the wrapped data key; raises `Unreadable`."""
        box = self._boxes.get(wrapped)
        if box is None:
            box = Fernet(self.unwrap(wrapped))
            _bound(self._boxes)
            self._boxes[wrapped] = box
        return box

    def forget(self, wrapped: bytes) -> None:
        """Keep the data key no longer in memory (after its case was erased)."""
        self._boxes.pop(wrapped, None)

    def blind(self, secret: bytes, kind: str, folded: str) -> bytes:
        """Return the index value of a folded text: equal texts give equal values, no way back.

        `secret` is the team's, as stored; so teams cannot be compared with each other, and the
        value stays the same when master keys change. 16 bytes.
        """
        text = kind.encode() + b"\0" + folded.encode("utf-8", "replace")
        return self.mac(secret, "blind", text)[:16]

    def mac(self, secret: bytes, purpose: str, content: bytes) -> bytes:
        """Return the 32 bytes that only a holder of the team's `secret` can compute."""
        return hmac.digest(self._subkey(secret, purpose), content, "sha256")

    def _subkey(self, secret: bytes, purpose: str) -> bytes:
        known = self._subkeys.get((secret, purpose))
        if known is None:
            known = hmac.digest(self.unwrap(secret), b"kier:" + purpose.encode(), "sha256")
            _bound(self._subkeys)
            self._subkeys[(secret, purpose)] = known
        return known


def key_lines(path: Path) -> tuple[bytes, ...]:
    """Return the keys in a file, the first one first; what they are is not looked at.

    Raises `KeysRefused` when it is missing, or can be read by others than its owner (S25).
    """
    try:
        mode = path.stat().st_mode
        text = path.read_bytes()
    except OSError:
        raise KeysRefused(
            "missing", f"There is no readable key file at {path}; put it back."
        ) from None
    if stat.S_IMODE(mode) & 0o077:
        raise KeysRefused("too_open", f"Others can read {path}; run: chmod 600 {path}")
    lines = (line.split(b"#")[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def make_key_file(path: Path, randomness: Randomness) -> bytes:
    """Make a file (mode 0600) with one new key, and return the key; never overwrites one.

    Raises `KeysRefused` when there is one already or the place cannot be written.
    """
    line = new_key(randomness)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise KeysRefused("exists", f"{path} is there already; it was left alone.") from None
    except OSError:
        raise KeysRefused("not_writable", f"{path} cannot be written.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(line + b"\n")
        file.flush()
        os.fsync(file.fileno())
    settle(path.parent)  # a database without its key would be as lost as none
    return line


def write_key_file(path: Path, keys: Iterable[bytes]) -> None:
    """Put keys, the first one first, in place of the file at once (mode 0600), on the disk.

    Whoever is killed in the middle leaves the old file as it was. Raises `KeysRefused`.
    """
    half = path.with_name(f".{path.name}.new")
    try:
        half.unlink(missing_ok=True)
        handle = os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(b"".join(key + b"\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
        settle(path.parent)
    except OSError:
        raise KeysRefused("not_writable", f"{path} cannot be written.") from None


def new_key(randomness: Randomness) -> bytes:
    """Return a new key in the form that a key file holds and `Keyring.wrap` takes."""
    return base64.urlsafe_b64encode(randomness(KEY_BYTES))


def salted_digest(salted: bytes, field: str) -> bytes:
    """Return what stays of a personal value in the chain; tells nothing once the salt is gone."""
    return hashlib.sha256(field.encode() + b"\0" + salted).digest()


def _bound(cache: dict[bytes, Fernet] | dict[tuple[bytes, str], bytes]) -> None:
    if len(cache) >= UNWRAPPED_MAX:
        cache.clear()
