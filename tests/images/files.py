"""Picture files for the tests, made by Pillow."""

import io
from typing import Any

from PIL import Image


def picture_file(
    size: tuple[int, int] = (300, 200),
    mode: str = "RGB",
    format: str = "PNG",
    color: str | int = 0,
    **options: Any,
) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, color).save(file, format, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))
