"""A file sealed under a key of its own: written as a stream, and read whole or refused.

A line that names the kind of file, a line of JSON in clear (when it was made, of which schema, of
which key), then what was written: packed, cut into pieces of 64 KiB and sealed piece by piece with
ChaCha20-Poly1305. The key of a file is derived from the backup key, a salt and both lines, so that
none of them can be changed; the nonce of a piece is its number and whether it is the last, so that
none can be changed, left out, moved or cut off unnoticed.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.columns import canonical
from storage.errors import BackupRefused, KeysRefused
from storage.keys import KEY_BYTES, Randomness, key_lines, make_key_file

MAGIC: Final = b"KIER BACKUP "
FORMAT: Final = 1
PIECE_BYTES: Final = 64 * 1024
TAG_BYTES: Final = 16
SALT_BYTES: Final = 32
HEADER_BYTES_MAX: Final = 4096
PACKING: Final = 1
"""zlib's quickest: what is sealed already hardly packs, but its spelling in base64 does."""


class BackupKeys:
    """The keys of the backups: the first one seals, all of them open. Never those of the rows."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        """Take keys as `storage.keys.new_key` spells them; raises `KeysRefused`."""
        try:
            keys = [base64.urlsafe_b64decode(line.strip()) for line in lines]
        except ValueError:
            keys = [b""]
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise KeysRefused(
                "not_a_key", "The backup key file holds no key; put the right file back."
            )
        self._keys = {_name(key): key for key in keys}
        self.first = _name(keys[0])

    def __repr__(self) -> str:
        return "BackupKeys(…)"

    @classmethod
    def load(cls, path: Path) -> BackupKeys:
        """Return the keys in a file; raises `KeysRefused` as `Keyring.load` does."""
        return cls(key_lines(path))

    @classmethod
    def create(cls, path: Path, randomness: Randomness = os.urandom) -> BackupKeys:
        """Make a key file (mode 0600) and return its key; raises as `Keyring.create` does."""
        return cls([make_key_file(path, randomness)])

    def box(self, name: str, salt: bytes, lines: bytes) -> ChaCha20Poly1305:
        """Return what seals and opens one file; raises `BackupRefused` without its key."""
        if name not in self._keys:
            raise BackupRefused(
                "other_key",
                "This backup was made with another backup key; put that key on a line of its own "
                "in the backup key file (KIER_BACKUP_KEY_FILE).",
            )
        derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=lines)
        return ChaCha20Poly1305(derived.derive(self._keys[name]))


@dataclass(frozen=True, slots=True)
class _Lines:
    """The two lines in clear, as bytes and as what they say."""

    raw: bytes
    header: Mapping[str, Any]


class SealedWriter:
    """Writes one sealed file. Nothing of it can be read before `close`."""

    def __init__(
        self, file: BinaryIO, keys: BackupKeys, header: Mapping[str, Any], salt: bytes
    ) -> None:
        """Write the lines in clear; `header` holds codes only."""
        said = {**header, "key": keys.first, "salt": salt.hex()}
        lines = MAGIC + b"%d\n" % FORMAT + canonical(said).encode() + b"\n"
        self._file = file
        self._box = keys.box(keys.first, salt, lines)
        self._packer = zlib.compressobj(PACKING)
        self._waiting = bytearray()
        self._number = 0
        file.write(lines)

    def write(self, content: bytes) -> None:
        """Add to the file."""
        self._waiting += self._packer.compress(content)
        while len(self._waiting) > PIECE_BYTES:
            self._seal(bytes(self._waiting[:PIECE_BYTES]), last=False)
            del self._waiting[:PIECE_BYTES]

    def close(self) -> None:
        """Write the last piece; the file itself is the caller's to close."""
        self._waiting += self._packer.flush()
        while len(self._waiting) > PIECE_BYTES:
            self._seal(bytes(self._waiting[:PIECE_BYTES]), last=False)
            del self._waiting[:PIECE_BYTES]
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._box.encrypt(_nonce(self._number, last=last), piece, None))
        self._number += 1


def read_header(file: BinaryIO) -> Mapping[str, Any]:
    """Return what a file says in clear; raises `BackupRefused` when it is no backup of ours."""
    return _read_lines(file).header


def read_sealed(file: BinaryIO, keys: BackupKeys) -> Iterator[bytes]:
    """Give the lines that were written, without their ends, from a file open at its beginning.

    Raises `BackupRefused` for what is no backup, another key's, changed, or cut off. What was
    given before that is as it was written; whether it is all is known at the end only.
    """
    lines = _read_lines(file)
    box = keys.box(lines.header["key"], bytes.fromhex(lines.header["salt"]), lines.raw)
    unpacker, rest = zlib.decompressobj(), b""
    for piece in _pieces(file, box):
        *whole, rest = (rest + unpacker.decompress(piece)).split(b"\n")
        yield from whole
    if rest or not unpacker.eof:
        raise _damaged()


def _read_lines(file: BinaryIO) -> _Lines:
    kind = file.readline(len(MAGIC) + 8)
    said = file.readline(HEADER_BYTES_MAX)
    number = kind.removeprefix(MAGIC).strip()
    if not kind.startswith(MAGIC) or not number.isdigit():
        raise BackupRefused("not_a_backup", "This file is no backup of Kier; name another one.")
    if int(number) > FORMAT:
        raise BackupRefused(
            "newer_format", "This backup was made by a newer version of Kier; install that one."
        )
    try:
        header = json.loads(said)
        bytes.fromhex(header["salt"])
        assert isinstance(header["key"], str)
    except (ValueError, TypeError, KeyError, AssertionError):
        raise _damaged() from None
    return _Lines(kind + said, header)


def _pieces(file: BinaryIO, box: ChaCha20Poly1305) -> Iterator[bytes]:
    number, piece = 0, file.read(PIECE_BYTES + TAG_BYTES)
    while True:
        after = file.read(PIECE_BYTES + TAG_BYTES)
        try:
            yield box.decrypt(_nonce(number, last=not after), piece, None)
        except InvalidTag:
            raise _damaged() from None
        if not after:
            return
        number, piece = number + 1, after


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _name(key: bytes) -> str:
    """Return what tells one key from another and nothing else about it."""
    return hmac.digest(key, b"kier:backup-key", "sha256")[:6].hex()


def _damaged() -> BackupRefused:
    return BackupRefused(
        "damaged", "This backup is damaged or was cut off; take the one before it."
    )
