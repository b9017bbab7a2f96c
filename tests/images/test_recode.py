"""Uploaded pictures come out as pixels alone, or are refused in words."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageStat

from images import recode as module
from images.recode import REASONS, PictureRefused, recode
from tests.images.files import opened, picture_file


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_comes_out_in_each_width(format: str) -> None:
    copies = recode(picture_file((800, 400), format=format), widths=[100, 200])
    assert [(copy.format, copy.width, copy.height) for copy in copies] == [
        ("webp", 100, 50),
        ("webp", 200, 100),
    ]
    assert [opened(copy.data).size for copy in copies] == [(100, 50), (200, 100)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA"])
def test_every_kind_of_pixel_is_read(mode: str) -> None:
    (copy,) = recode(picture_file(mode=mode), widths=[100])
    assert opened(copy.data).format == "WEBP"


def test_a_small_picture_keeps_its_width() -> None:
    (copy,) = recode(picture_file((50, 30)), widths=[100, 200])
    assert (copy.width, copy.height) == (50, 30)


def test_a_square_is_cut_from_the_middle() -> None:
    picture = Image.new("RGB", (300, 100), "red")
    ImageDraw.Draw(picture).rectangle((100, 0, 199, 99), fill="blue")
    (copy,) = recode(saved(picture), widths=[100], square=True)
    assert (copy.width, copy.height) == (100, 100)
    blue = picture_file((100, 100), color="blue")
    difference = ImageChops.difference(opened(copy.data).convert("RGB"), opened(blue))
    assert max(ImageStat.Stat(difference).mean) < 2


def test_a_photo_taken_sideways_comes_out_upright_and_without_its_place() -> None:
    picture = Image.new("RGB", (300, 200))
    exif = picture.getexif()
    exif[0x0112] = 6  # orientation: a quarter turn
    exif[0x010E] = "taken at the house of Marta"
    (copy,) = recode(saved(picture, "JPEG", exif=exif), widths=[400])
    assert (copy.width, copy.height) == (200, 300)
    assert dict(opened(copy.data).getexif()) == {}
    assert b"Marta" not in copy.data


def test_colours_are_converted_before_their_profile_goes() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (copy,) = recode(picture_file(icc_profile=profile), widths=[100])
    assert "icc_profile" not in opened(copy.data).info


def test_what_hides_behind_the_pixels_stays_behind() -> None:
    polyglot = picture_file(format="GIF") + b"<script>alert(1)</script>"
    (copy,) = recode(polyglot, widths=[100])
    assert b"script" not in copy.data


def test_jpeg_shows_white_where_the_picture_is_transparent() -> None:
    (copy,) = recode(picture_file(mode="RGBA"), widths=[100], formats=["jpeg"])
    assert opened(copy.data).getpixel((50, 50)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "format"),
        (b"<html><script>alert(1)</script></html>", "format"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "format"),
        (b"%PDF-1.7\n", "format"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "format"),
        (picture_file(format="TIFF"), "format"),
        (picture_file((300, 300), format="JPEG")[:700], "broken"),
        (picture_file((8001, 5000), mode="1"), "pixels"),
        (b"\0" * (5 * 1024 * 1024 + 1), "size"),
    ],
    ids=["empty", "html", "svg", "pdf", "eps", "tiff", "cut off", "40 million pixels", "5 MB"],
)
def test_what_is_no_picture_is_refused_in_words(data: bytes, reason: str) -> None:
    with pytest.raises(PictureRefused) as refused:
        recode(data, widths=[100])
    assert refused.value.reason == reason
    assert refused.value.message == str(REASONS[reason])


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    """A PNG of 4 GB of pixels in a few hundred bytes, and one whose text unpacks to 1 GB."""
    for bomb in (png(65_000, 65_000), png(10, 10, text=zlib.compress(b"a" * 50_000_000))):
        with pytest.raises(PictureRefused):
            recode(bomb, widths=[100])


def test_a_picture_that_takes_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MEMORY_BYTES", 200 * 1024 * 1024)
    with pytest.raises(PictureRefused):
        recode(picture_file((6000, 6000), mode="RGBA"), widths=[100])


def test_a_picture_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.001)
    with pytest.raises(PictureRefused, match="broken"):
        recode(picture_file(), widths=[100])


def saved(picture: Image.Image, format: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def png(width: int, height: int, text: bytes = b"") -> bytes:
    """Return a PNG by its chunks: a header, a compressed text and too few pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"zTXt", b"k\0\0" + text), (b"IDAT", zlib.compress(b"\0"))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in [*chunks, (b"IEND", b"")]
    )
