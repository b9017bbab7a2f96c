"""Fenced code blocks (CommonMark 4.5): lines in them are code, whatever they look like."""

import re
from collections.abc import Sequence

OPENING = re.compile(r" {0,3}(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
CLOSING = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})\s*")


def lines_in_fences(texts: Sequence[str]) -> set[int]:
    """Return the positions of the lines inside of fences that are
    closed; the fences themselves are not among them.

    A fence that is never closed encloses nothing: it would swallow all that follows in the file.
    """
    inside: set[int] = set()
    if not any(map(CLOSING.match, texts)):
        return inside
    longest = _longest_closings(texts)
    position = 0
    while position < len(texts):
        opening = OPENING.match(texts[position])
        position += 1
        if opening and longest[position].get(opening["fence"][0], 0) >= len(opening["fence"]):
            first = position
            while not _closes(texts[position], opening["fence"]):
                position += 1
            inside.update(range(first, position))
            position += 1
    return inside


def _closes(text: str, fence: str) -> bool:
    closing = CLOSING.fullmatch(text)
    return closing is not None and closing["fence"].startswith(fence)


def _longest_closings(texts: Sequence[str]) -> list[dict[str, int]]:
    """Return, for each position, the longest closing fence of each kind from there on.

    It tells at once whether a fence is closed; searching for the end
    each time would take the square of the lines.
    """
    longest: dict[str, int] = {}
    found = [longest]
    for text in reversed(texts):
        closing = CLOSING.fullmatch(text)
        if closing and len(closing["fence"]) > longest.get(closing["fence"][0], 0):
            longest = longest | {closing["fence"][0]: len(closing["fence"])}
        found.append(longest)
    return found[::-1]
