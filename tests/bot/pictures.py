"""Small files by hand: the frame of a picture or a PDF, with or without what must not be kept."""

from __future__ import annotations

import struct
import zlib
from typing import Final

PLACE: Final = b"GPS 51.3795 N 5.0095 E"
EXIF: Final = b"Exif\0\0" + PLACE


def tiff(order: str, *entries: tuple[int, int, int, int]) -> bytes:
    """Return an EXIF segment's content with these entries: tag, kind, count, value."""
    head = b"Exif\0\0" + (b"II*\0" if order == "<" else b"MM\0*")
    parts = [struct.pack(f"{order}HHIHH", *entry, 0) for entry in entries]
    return head + struct.pack(f"{order}IH", 8, len(parts)) + b"".join(parts) + bytes(4)


def jpeg(
    exif: bytes = b"", *, wide: int = 640, high: int = 480, scans: int = 1, alone: bool = False
) -> bytes:
    """Return a JPEG's segments; its scans hold nothing that any picture would show.

    `alone`: the EXIF segment and no other of what must not be kept.
    """
    parts = [b"\xff\xd8", _segment(0xE0, b"JFIF\0\x01\x01")]
    if exif and alone:
        parts.append(_segment(0xE1, exif))
    elif exif:
        parts += [_segment(0xE1, exif), _segment(0xED, b"8BIM " + exif), _segment(0xFE, exif)]
    parts.append(_segment(0xC0, struct.pack(">BHHB", 8, high, wide, 1) + b"\x01\x11\0"))
    for _ in range(scans):
        parts.append(_segment(0xC4, b"\0\xff\xd9\x01"))  # in a table this is no end
        parts.append(_segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56")
    return b"".join([*parts, b"\xff\xd9"])


def _segment(code: int, content: bytes) -> bytes:
    return bytes([0xFF, code]) + struct.pack(">H", len(content) + 2) + content


def png(exif: bytes = b"", *, wide: int = 640, high: int = 480) -> bytes:
    """Return a PNG's chunks."""
    parts = [
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)),
    ]
    if exif:
        parts += [_chunk(b"eXIf", exif), _chunk(b"tEXt", b"Comment\0" + exif)]
    return b"".join([*parts, _chunk(b"IDAT", zlib.compress(b"\0")), _chunk(b"IEND", b"")])


def _chunk(name: bytes, content: bytes) -> bytes:
    checked = name + content
    return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))


def pdf(more: bytes = b"") -> bytes:
    """Return the outline of a PDF."""
    return b"%PDF-1.7\n1 0 obj << /Type /Catalog " + more + b" >> endobj\ntrailer\n%%EOF\n"
