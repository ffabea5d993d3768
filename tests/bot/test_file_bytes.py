"""What a file is by its bytes, and what of it is kept (rows 60-63, 65; S15)."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.file_bytes import FILE_BYTES_MAX, Keepable, judged
from tests.bot.pictures import EXIF, PLACE, jpeg, pdf, png, tiff


def kept(content: bytes, told: str = "document") -> Keepable:
    """Return what is kept of a file that must be kept."""
    found = judged(content, told)
    assert isinstance(found, Keepable), found
    return found


def test_a_picture_loses_where_it_was_taken() -> None:
    """Row 65: EXIF with the place, previews, comments and texts are left out; the rest stays."""
    for content in (jpeg(EXIF), png(EXIF)):
        assert PLACE in content
        found = kept(content)
        assert PLACE not in found.content
    assert kept(jpeg(EXIF)).content == jpeg()
    assert kept(png(EXIF)).content == png()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("way", "is_kept"), [(1, False), (6, True), (8, True), (9, False)])
def test_which_way_is_up_stays(order: str, way: int, is_kept: bool) -> None:
    """Row 65: a claim that was photographed sideways is shown upright, and says nothing else."""
    exif = tiff(order, (0x010F, 2, 4, 0), (0x0112, 3, 1, way), (0x8825, 4, 1, 99)) + PLACE
    found = kept(jpeg(exif)).content
    assert PLACE not in found
    ours = tiff(">", (0x0112, 3, 1, way))
    assert found == (jpeg(ours, alone=True) if is_kept else jpeg())
    assert kept(found).content == found


def test_what_hangs_behind_the_end_is_cut_off() -> None:
    """Rows 61, 62: a polyglot keeps only its picture: no archive, page or second picture."""
    for content in (jpeg(), png()):
        for more in (b"PK\x03\x04 rest", b"<html>", jpeg(EXIF)):
            assert kept(content + more).content == content


def test_a_picture_of_several_scans_stays_whole() -> None:
    """Row 65: a progressive JPEG has tables between its scans; bytes in them that look like an
    end are none."""
    content = jpeg(scans=3)
    assert kept(content).content == content


@pytest.mark.parametrize(
    ("told", "content", "mime"),
    [
        ("photo", jpeg(), "image/jpeg"),
        ("document", png(), "image/png"),
        ("document", pdf(), "application/pdf"),
        ("document", pdf(b"stream \x80/JS\x90 endstream"), "application/pdf"),
        ("voice", b"OggS\0\x02", "audio/ogg"),
        ("audio", b"ID3\x04", "audio/mpeg"),
        ("audio", b"\0\0\0\x20ftypM4A ", "audio/mp4"),
    ],
)
def test_the_kinds_that_are_kept(told: str, content: bytes, mime: str) -> None:
    """S15: known by their first bytes, whatever name and kind came along."""
    assert kept(content, told).mime == mime


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"%PDF-1.7" + b"x" * FILE_BYTES_MAX, "large"),
        (b"<html><script>", "kind"),
        (b"MZ\x90\x00", "kind"),
        (b"PK\x03\x04word/vbaProject.bin", "kind"),
        (b"<svg onload='x'>", "kind"),
        (b"GIF89a", "kind"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "kind"),
        (b"\0\0\0\x18ftypheic", "kind"),
        (b"<html>" + pdf(), "kind"),
        (pdf(b"/Encrypt 5 0 R"), "kind"),
        (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert) >>"), "kind"),
        (pdf(b"/Launch << /F (x.exe) >>"), "kind"),
        (pdf(b"/EmbeddedFile"), "kind"),
        (pdf() + b"PK\x05\x06" + bytes(18), "kind"),
        (pdf()[:-10], "kind"),
        (jpeg()[:-2], "kind"),
        (png()[:-12], "kind"),
        (b"\xff\xd8\xff\xe0\xff", "kind"),
        (jpeg(wide=0), "kind"),
        (png(wide=50_000, high=50_000), "pixels"),
        (jpeg(wide=30_000, high=10), "pixels"),
        (jpeg(wide=15_000, high=15_000), "pixels"),
    ],
)
def test_what_is_not_kept(content: bytes, why: str) -> None:
    """Rows 60-62: empty, large, other kinds in disguise, locked and active PDFs, half files, and
    a picture that claims to be huge: told by its frame alone, nothing is unpacked."""
    assert judged(content, "document") == why


def test_sound_is_kept_only_where_it_was_sent_as_sound() -> None:
    """S15: no picture as a voice message, no sound as a document."""
    assert judged(jpeg(), "voice") == "kind"
    assert judged(b"OggS\0\x02", "document") == "kind"


def test_a_bomb_is_never_unpacked() -> None:
    """Row 62: a small PNG that would unpack to gigabytes is judged by the size that it claims."""
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    frame = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    assert judged(b"\x89PNG\r\n\x1a\n" + frame, "photo") == "kind"


STARTS = (
    b"",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"%PDF-",
    jpeg()[:40],
    png()[:40],
    pdf()[:30],
)


@given(st.sampled_from(STARTS), st.binary(max_size=300), st.sampled_from(["photo", "audio"]))
def test_never_raises(start: bytes, rest: bytes, told: str) -> None:
    """Rows 60-62: whatever the bytes are, there is a verdict."""
    assert judged(start + rest, told)


@given(st.integers(0, len(jpeg(EXIF)) - 1), st.integers(0, 255), st.booleans())
def test_a_changed_byte_never_lets_the_place_through_unseen(
    at: int, by: int, is_png: bool
) -> None:
    """Row 65: of a damaged picture either nothing is kept, or nothing of its first EXIF segment
    where that is still one."""
    whole = png(EXIF) if is_png else jpeg(EXIF)
    at %= len(whole)
    found = judged(whole[:at] + bytes([by]) + whole[at + 1 :], "photo")
    begins = whole.index(b"eXIf" if is_png else b"\xff\xe1")
    is_frame_hit = at < begins + 8 or at >= whole.index(PLACE)
    if isinstance(found, Keepable) and not is_frame_hit:
        assert PLACE not in found.content
