"""Combining marks: as many on one letter as any language writes, and no more."""

from functools import cache
from itertools import count
from typing import Any, Final

import regex

# Hebrew with points and accents and stacked Tibetan need the most.
MAX_MARKS: Final = 6
# What may stand between two marks on one letter: characters
# without a shape, and in HTML the tags of a line.
_UNSEEN: Final = r"[[\p{Cf}\p{Default_Ignorable_Code_Point}]--\p{M}]"
_MARK: Final = regex.compile(r"\p{M}")
_TOWER: Final = regex.compile(rf"(?V1)\p{{M}}(?:(?:{_UNSEEN}|</?[^<>]*>)*+\p{{M}}){{{MAX_MARKS},}}")


def clip_marks(text: str) -> str:
    """Return the text without the marks that only climb into neighbouring lines."""
    return str(_excess(MAX_MARKS).sub(r"\1", text))


def clip_marks_in_html(html: str) -> str:
    """Return rendered HTML without the marks that entities, or
    tags that show nothing, kept apart in the source.
    """
    return str(_TOWER.sub(_clip_tower, html))


def has_excess_marks(text: str, limit: int = MAX_MARKS) -> bool:
    return _excess(limit).search(text) is not None


@cache
def _excess(limit: int) -> Any:
    return regex.compile(rf"(?V1)((?:\p{{M}}{_UNSEEN}*+){{{limit}}})(?:\p{{M}}{_UNSEEN}*+)+")


def _clip_tower(tower: regex.Match[str]) -> str:
    marks = count()
    pieces = regex.findall(r"\p{M}|<[^<>]*>|[^\p{M}<>]+", tower[0])
    return "".join(piece for piece in pieces if not _MARK.match(piece) or next(marks) < MAX_MARKS)
