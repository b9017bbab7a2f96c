"""Find the words of a search again in a text, and the part of it that says most of them. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from unicodedata import normalize

import regex

from text.folding import folded
from text.search_words import PAIRED, Query

LOOKED_AT: Final = 20_000  # characters
MOST_PLACES: Final = 200  # of words, among which an excerpt is chosen
BEFORE: Final = 60  # characters of an excerpt before the first word
_WORD: Final = regex.compile(
    rf"(?V1)(?P<paired>[{PAIRED}ー]+)|[[\p{{L}}\p{{M}}\p{{N}}\p{{Cf}}]--[{PAIRED}]]+"
)

Segment = tuple[str, bool]  # a part of a text, and whether it is one of the words
Span = tuple[int, int]


@dataclass(frozen=True)
class Wanted:
    words: frozenset[str]
    beginnings: tuple[str, ...]

    def has(self, word: str) -> bool:
        return word in self.words or word.startswith(self.beginnings)


def wanted(query: Query) -> Wanted:
    begun = [term.words[-1] for term in query.sought if term.is_prefix]
    return Wanted(
        frozenset(word for term in query.sought for word in term.words), tuple(begun) or ("\0",)
    )


def mark(text: str, words: Wanted) -> list[Segment]:
    """Return a text in segments, those that are sought apart from the others."""
    return list(_segments(text, list(_spans(text, words))))


def excerpt(text: str, words: Wanted, length: int) -> list[Segment]:
    """Return the part of a text in which most of the words are, in segments."""
    text = text[:LOOKED_AT]
    spans = list(_spans(text, words))
    start = _start(text, spans, length)
    end = start + length
    if end < len(text):
        end = max(text.rfind(" ", start + length // 2, end), 0) or end
    inside = [(one - start, other - start) for one, other in spans if one >= start and other <= end]
    segments = list(_segments(text[start:end], inside))
    if start:
        segments.insert(0, ("… ", False))
    return segments if end >= len(text) else [*segments, (" …", False)]


def count_marks(segments: Iterable[Segment]) -> int:
    """Return the number of different words that are marked."""
    return len({folded(text) for text, is_word in segments if is_word})


def _start(text: str, spans: list[Span], length: int) -> int:
    """Return the place from which on most different words are in so many characters."""
    best, start = 0, 0
    places = [(*span, folded(text[slice(*span)])) for span in spans[:MOST_PLACES]]
    for first, (begin, _, _) in enumerate(places):
        end = begin + length - BEFORE
        number = len({word for _, other, word in places[first:] if other <= end})
        if number > best:
            best, start = number, begin
    start = max(0, start - BEFORE)
    return text.find(" ", start) + 1 if start and " " in text[start : start + BEFORE] else start


def _segments(text: str, spans: list[Span]) -> Iterator[Segment]:
    at = 0
    for begin, end in spans:
        if begin > at:
            yield text[at:begin], False
        yield text[begin:end], True
        at = end
    if at < len(text):
        yield text[at:], False


def _spans(text: str, words: Wanted) -> Iterator[Span]:
    for match in _WORD.finditer(text):
        if match["paired"]:
            yield from _spans_of_pairs(match[0], match.start(), words)
        elif any(map(words.has, folded(normalize("NFKC", match[0])).split())):
            yield match.span()


def _spans_of_pairs(run: str, at: int, words: Wanted) -> Iterator[Span]:
    plain = normalize("NFKC", run)
    sought = [words.has(plain[place : place + 2]) for place in range(len(plain))]
    if len(plain) != len(run):  # characters of half the width
        if any(sought):
            yield at, at + len(run)
        return
    is_whole = [plain[place : place + 2] in words.words for place in range(len(plain))]
    marked = [here or before for here, before in zip(sought, [False, *is_whole], strict=False)]
    place = 0
    for is_marked, group in groupby(marked):
        number = len(list(group))
        if is_marked:
            yield at + place, at + place + number
        place += number
