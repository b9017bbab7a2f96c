"""Decode a picture and encode it again: the program of the child process (images/recode.py).

It reads the file from standard input and its plan from the first argument. It writes one line
of JSON, then the bytes of each copy. What decodes strangers' bytes runs here alone, with
limits of its own: a bomb ends this process, not the site's. Only pixels come out, so metadata
and whatever else hides in a file stay behind.
"""

import io
import json
import resource
import sys
from typing import Any, NoReturn

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
SAVE: dict[str, dict[str, Any]] = {
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpeg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
}


def main() -> None:
    plan = json.loads(sys.argv[1])
    set_limits(plan["memory_bytes"], plan["cpu_seconds"])
    # Pillow raises at twice this number, before a pixel is decoded.
    Image.MAX_IMAGE_PIXELS = plan["max_pixels"] // 2
    try:
        picture = decode(sys.stdin.buffer.read(), plan["widths"], square=plan["square"])
        copies = [encode(resized(picture, width), name) for width, name in wanted(plan, picture)]
    except Image.DecompressionBombError:
        refuse("pixels")
    except UnidentifiedImageError:
        refuse("format")
    except MemoryError:
        refuse("memory")
    except (OSError, SyntaxError, ValueError, EOFError):
        refuse("broken")
    write({"copies": [description for description, _ in copies]})
    for _, data in copies:
        sys.stdout.buffer.write(data)


def set_limits(memory_bytes: int, cpu_seconds: int) -> None:
    """Bound the memory and the time of this process, and let it write no file."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def decode(data: bytes, widths: list[int], *, square: bool) -> Image.Image:
    """Return the first frame, upright, in sRGB, cut to a square if wanted."""
    picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
    enough = 2 * max(widths)
    if picture.format == "JPEG":
        picture.draft("RGB", (enough, enough))  # decodes a half, a quarter or an eighth of it
    picture.load()
    if picture.mode not in ("RGB", "RGBA", "CMYK", "L"):
        picture = picture.convert(colour_mode(picture))
    # Fewer pixels first, because every later step costs by their number.
    factor = max(1, min(picture.size) // enough)
    picture = in_srgb(picture.reduce(factor))
    picture = ImageOps.exif_transpose(picture)
    return cut_to_square(picture) if square else picture


def colour_mode(picture: Image.Image) -> str:
    return "RGBA" if picture.has_transparency_data else "RGB"


def in_srgb(picture: Image.Image) -> Image.Image:
    """Convert the colours, because the profile that explains them is not written out."""
    mode = colour_mode(picture)
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(picture, source, srgb, outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture.convert(mode)
    return converted or picture.convert(mode)


def cut_to_square(picture: Image.Image) -> Image.Image:
    side = min(picture.size)
    return ImageOps.fit(picture, (side, side))


def wanted(plan: dict[str, Any], picture: Image.Image) -> list[tuple[int, str]]:
    """Return each width and format to write; no copy is wider than the picture is."""
    widths = sorted({min(width, picture.width) for width in plan["widths"]})
    return [(width, name) for width in widths for name in plan["formats"]]


def resized(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def encode(picture: Image.Image, name: str) -> tuple[dict[str, Any], bytes]:
    """Return a description of the copy and its bytes, which hold pixels and nothing else."""
    if name == "jpeg":
        picture = on_white(picture)
    file = io.BytesIO()
    # A new picture of the same pixels: nothing that was beside them is written.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    bare.save(file, **SAVE[name])
    data = file.getvalue()
    width, height = bare.size
    return {"format": name, "width": width, "height": height, "bytes": len(data)}, data


def on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    background = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(background, picture.convert("RGBA")).convert("RGB")


def refuse(reason: str) -> NoReturn:
    write({"refused": reason})
    sys.exit(0)


def write(answer: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main()
