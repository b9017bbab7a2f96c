"""Combining marks: as many on one letter as any language writes, and no more."""

from functools import cache
from typing import Any, Final

import regex

# Hebrew with points and accents and stacked Tibetan need the most.
MAX_MARKS: Final = 6


def clip_marks(text: str) -> str:
    """Return the text without the marks that only climb into neighbouring lines."""
    return str(_excess(MAX_MARKS).sub(r"\1", text))


def has_excess_marks(text: str, limit: int = MAX_MARKS) -> bool:
    return _excess(limit).search(text) is not None


@cache
def _excess(limit: int) -> Any:
    return regex.compile(rf"((?:\p{{M}}\p{{Cf}}*){{{limit}}})(?:\p{{M}}\p{{Cf}}*)+")
