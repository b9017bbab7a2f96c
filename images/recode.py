"""Re-encode an uploaded picture in a child process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ENCODER = Path(__file__).with_name("encoder.py")

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000

# 40 million pixels with transparency take 160 MB, and are held twice while colours are converted.
MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 10
SECONDS = 20

# Pictures that one process of the site decodes at a time; the others wait for their turn.
AT_ONCE = BoundedSemaphore(2)
WAIT_SECONDS = 20

REASONS: dict[str, str | Promise] = {
    "size": _("This picture is over 5 MB. Choose a smaller one."),
    "pixels": _("This picture has over 40 million pixels. Choose a smaller one."),
    "format": _("This file is not a picture we can read. Choose a JPEG, PNG, WebP, AVIF or GIF."),
    "broken": _("This picture is damaged or incomplete. Choose another one."),
    "busy": _("Too many pictures are being read at the moment. Try again in a minute."),
}


class PictureRefused(Exception):
    """The file is no picture that may be shown; `reason` is a key of REASONS."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)

    @property
    def message(self) -> str:
        return str(REASONS[self.reason])


@dataclass(frozen=True)
class Copy:
    """One encoding of a picture; width and height are in pixels."""

    format: str
    width: int
    height: int
    data: bytes


def recode(
    data: bytes, *, widths: Sequence[int], formats: Sequence[str] = ("webp",), square: bool = False
) -> list[Copy]:
    """Return a copy for each width and format, the narrowest first.

    A picture narrower than a width comes in its own width. Raise PictureRefused.
    """
    if len(data) > MAX_BYTES:
        raise PictureRefused("size")
    plan = {
        "widths": list(widths),
        "formats": list(formats),
        "square": square,
        "max_pixels": MAX_PIXELS,
        "memory_bytes": MEMORY_BYTES,
        "cpu_seconds": CPU_SECONDS,
    }
    header, _, rest = _run_encoder(json.dumps(plan), data).partition(b"\n")
    answer = _parse(header)
    if "refused" in answer:
        reason = answer["refused"]
        raise PictureRefused("pixels" if reason == "memory" else reason)
    return list(_copies(answer["copies"], rest))


def _run_encoder(plan: str, data: bytes) -> bytes:
    if not AT_ONCE.acquire(timeout=WAIT_SECONDS):
        raise PictureRefused("busy")
    try:
        # -I: neither the environment nor the working directory changes what the child imports.
        child = subprocess.run(
            [sys.executable, "-I", str(ENCODER), plan],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PictureRefused("broken") from None
    finally:
        AT_ONCE.release()
    return child.stdout


def _parse(header: bytes) -> dict[str, Any]:
    """Return the child's answer; a child that a limit ended has written none."""
    try:
        answer: dict[str, Any] = json.loads(header)
    except ValueError:
        answer = {"refused": "broken"}
    return answer


def _copies(descriptions: list[dict[str, Any]], data: bytes) -> Iterator[Copy]:
    start = 0
    for description in descriptions:
        end = start + description.pop("bytes")
        yield Copy(**description, data=data[start:end])
        start = end
