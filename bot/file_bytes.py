"""What a file is, by its bytes alone, and what of it may be kept. Pure; nothing is ever decoded.

Only the frame of a picture is walked through: its size is read from the header, and everything
that is no picture (EXIF with the place, previews, comments, what hangs behind its end) is left
out, so that it can never be shared again (rows 60-65, S15). No name that a person gave is used.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

FILE_BYTES_MAX: Final = 10 * 1024 * 1024
"""S15: a photographed claim is far below."""
PIXELS_MAX: Final = 120_000_000
"""Above what telephones take; a picture that claims more is made to fill a memory (row 62)."""
SIDE_MAX: Final = 20_000


@dataclass(frozen=True, slots=True)
class Keepable:
    """What may be kept: its kind, an ending for its name, and its content without EXIF."""

    mime: str
    ending: str
    content: bytes


def judged(content: bytes, told: str) -> Keepable | str:
    """Return what of a file may be kept, or why none of it: empty, large, kind, pixels.

    `told` is the messenger's word for it (photo, document, voice, audio): sound is kept where it
    was sent as sound, a picture or a PDF where it was sent as one. Never raises.
    """
    if not content:
        return "empty"
    if len(content) > FILE_BYTES_MAX:
        return "large"
    if told in ("voice", "audio"):
        return _sound(content)
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _picture("image/jpeg", "jpg", *_jpeg(content))
        if content.startswith(_PNG):
            return _picture("image/png", "png", *_png(content))
    except (_Broken, struct.error, IndexError):
        return "kind"
    return "kind"


class _Broken(Exception):
    """It begins like a picture and is none."""


def _picture(mime: str, ending: str, size: tuple[int, int], kept: bytes) -> Keepable | str:
    wide, high = size
    if wide < 1 or high < 1:
        return "kind"
    if wide * high > PIXELS_MAX or max(wide, high) > SIDE_MAX:
        return "pixels"
    return Keepable(mime, ending, kept)


# Sound and PDF


_SOUNDS: Final = (
    (re.compile(rb"OggS"), "audio/ogg", "ogg"),
    (re.compile(rb"ID3|\xff[\xfb\xf3\xf2]"), "audio/mpeg", "mp3"),
    (re.compile(rb".{4}ftyp(?:M4A|mp4|isom|iso\d)", re.DOTALL), "audio/mp4", "m4a"),
)


def _sound(content: bytes) -> Keepable | str:
    for begins, mime, ending in _SOUNDS:
        if begins.match(content):
            return Keepable(mime, ending, content)
    return "kind"


_LOCKED_OR_ACTIVE: Final = re.compile(
    rb"/(?:Encrypt|JavaScript|Launch|EmbeddedFiles?|RichMedia)\b"
)
"""Long words only: a short one ("/JS") stands by chance in every other scan of some megabytes."""
_ZIP_END: Final = b"PK\x05\x06"


def _pdf(content: bytes) -> Keepable | str:
    """Take a PDF that can be read and only read: no password, no script, no file within it.

    What is packed inside is not looked at; that it begins as a PDF is no proof that it is one.
    """
    if b"%%EOF" not in content[-2048:] or _ZIP_END in content[-66_000:]:
        return "kind"
    if _LOCKED_OR_ACTIVE.search(content):
        return "kind"
    return Keepable("application/pdf", "pdf", content)


# JPEG: segments, and between them what the picture is made of


_NO_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LEFT_OUT: Final = (frozenset(range(0xE1, 0xF0)) | {0xFE}) - {0xEE}
"""Applications' own segments (EXIF is the first) and comments, but for how colours are meant."""
_SCAN, _END = 0xDA, 0xD9
_MARK: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
SEGMENTS_MAX: Final = 10_000


def _jpeg(content: bytes) -> tuple[tuple[int, int], bytes]:
    """Return (width, height) and the picture without EXIF, previews and what follows its end."""
    kept, size = [content[:2]], (0, 0)
    for code, begin, end in _segments(content):
        if code in _FRAMES:
            high, wide = struct.unpack_from(">HH", content, begin + 5)
            size = max(size, (wide, high))
        if code not in _LEFT_OUT:
            kept.append(content[begin:end])
        elif code == _APP1 and (way := _way_up(content[begin + 4 : end])) is not None:
            kept.append(_EXIF_OF_WAY + bytes([way]) + bytes(6))
    return size, b"".join(kept)


_APP1: Final = 0xE1
_WAY_UP, _SHORT = 0x0112, 3
_EXIF_OF_WAY: Final = (
    b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01" + b"\x01\x12\0\x03\0\0\0\x01\0"
)
"""An EXIF of our own that says one thing: which way is up."""


def _way_up(exif: bytes) -> int | None:
    """Return which way the picture was held (2-8), None where it says nothing that can be used."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[6:10])
    if not exif.startswith(b"Exif\0\0") or order is None:
        return None
    try:
        (at,) = struct.unpack_from(f"{order}I", exif, 10)
        (count,) = struct.unpack_from(f"{order}H", exif, 6 + at)
        for number in range(min(count, ENTRIES_MAX)):
            entry = struct.unpack_from(f"{order}HHIH", exif, 8 + at + 12 * number)
            if entry[:2] == (_WAY_UP, _SHORT):
                return entry[3] if 2 <= entry[3] <= 8 else None
    except struct.error:
        return None
    return None


ENTRIES_MAX: Final = 100


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (marker, begin, end) of each segment; a scan's holds what it is made of as well."""
    at = 2
    for _ in range(SEGMENTS_MAX):
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1
        code = content[at + 1]
        if content[at] != 0xFF or code == 0:
            raise _Broken
        if code == _END:
            yield code, at, at + 2
            return
        end = at + 2
        if code not in _NO_LENGTH:
            (length,) = struct.unpack_from(">H", content, end)
            end += length
            if length < 2 or end > len(content):
                raise _Broken
        if code == _SCAN:
            following = _MARK.search(content, end)
            if following is None:
                raise _Broken  # cut off: half a file
            end = following.start()
        yield code, at, end
        at = end
    raise _Broken


# PNG: chunks


_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB"})
"""What the picture itself is made of; texts, times, EXIF and animations are left out."""


def _png(content: bytes) -> tuple[tuple[int, int], bytes]:
    """Return (width, height) and the picture without anything beside it."""
    wide, high = struct.unpack_from(">II", content, 16)
    kept, at = [_PNG], len(_PNG)
    if content[at + 4 : at + 8] != b"IHDR":
        raise _Broken
    while at < len(content):
        (length,) = struct.unpack_from(">I", content, at)
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise _Broken
        if name in _CHUNKS:
            kept.append(content[at:end])
        if name == b"IEND":
            return (wide, high), b"".join(kept)
        at = end
    raise _Broken
