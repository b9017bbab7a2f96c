"""Lists of words and phrases, and their search in a comment. Pure.

A comment is taken apart once: into its runs of words, the beginnings of its words, and the
positions of each word. A list is then compared as a set, so that no list and no text makes it
slow.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, takewhile
from typing import Final

from text.folding import set_apart, words_of

# A line of a list is at most so many words long; what is longer is cut.
LONGEST_PHRASE: Final = 8
# A word with a "*" that is longer than any in use is looked up as a phrase is.
LONGEST_BEGINNING: Final = 40
# Of a list. A phrase with a "*" is looked up by itself.
MOST_LINES: Final = 2_000
MOST_CHARACTERS: Final = 100_000
MOST_PHRASES_WITH_STARS: Final = 200
# Of all lists that are in use: a new process reads them all with its first comment.
MOST_LINES_IN_USE: Final = 20_000
REMEMBERED: Final = 128  # lists

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """Words and phrases to look for. A "*" at the end of a word stands for any further letters."""

    whole: Mapping[int, frozenset[Phrase]]  # without a "*", by how many words they have
    beginnings: frozenset[str]  # single words with a "*", without it
    with_stars: tuple[Phrase, ...]  # of several words, or of one that is very long

    def __bool__(self) -> bool:
        return bool(self.whole or self.beginnings or self.with_stars)


class Said:
    """The words of a comment in each of its readings, indexed for the search of phrases."""

    def __init__(self, readings: Iterable[list[str]]) -> None:
        self._readings = list(dict.fromkeys(map(tuple, readings)))
        self._runs: dict[int, set[Phrase]] = {}
        self._masks: dict[str, int] = {}

    def says_one_of(self, phrases: Phrases) -> bool:
        """Return True if one of the phrases is said, in whole words or in words that begin so."""
        if any(
            not wanted.isdisjoint(self._runs_of(length)) for length, wanted in phrases.whole.items()
        ):
            return True
        if phrases.beginnings and not phrases.beginnings.isdisjoint(self._beginnings):
            return True
        return any(map(self._has, phrases.with_stars))

    def _runs_of(self, length: int) -> set[Phrase]:
        """Return each run of so many words. Letters that are
        set apart are read as a word of their own, too.
        """
        if length not in self._runs:
            runs = chain.from_iterable(_runs(words, length) for words in self._readings)
            self._runs[length] = set(chain(runs, _runs(self._set_apart, 1) if length == 1 else ()))
        return self._runs[length]

    def _has(self, phrase: Phrase) -> bool:
        """Return True if the phrase stands somewhere: each word one place
        behind the one before it.
        """
        places = -1
        for wanted in phrase:
            places = (places << 1) & self._mask(wanted)
            if not places:
                return False
        return True

    def _mask(self, wanted: str) -> int:
        """Return a number with a bit for each place of the word, or of the words that begin so."""
        if wanted not in self._masks:
            bits = bytearray(self._length // 8 + 1)
            for place in self._places_of(wanted):
                bits[place >> 3] |= 1 << (place & 7)
            self._masks[wanted] = int.from_bytes(bits, "little")
        return self._masks[wanted]

    def _places_of(self, wanted: str) -> Iterator[int]:
        if not wanted.endswith("*"):
            return iter(self._places.get(wanted, ()))
        beginning = wanted[:-1]
        following = map(
            self._sorted.__getitem__, range(bisect_left(self._sorted, beginning), len(self._sorted))
        )
        said = takewhile(lambda word: word.startswith(beginning), following)
        return chain.from_iterable(map(self._places.__getitem__, said))

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Return the positions of each word. An empty word separates the readings."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(chain.from_iterable(("", *words) for words in self._readings)):
            places[word].append(place)
        return dict(places)

    @cached_property
    def _length(self) -> int:
        return sum(len(words) + 1 for words in self._readings)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._places)

    @cached_property
    def _set_apart(self) -> list[str]:
        return list(chain.from_iterable(map(set_apart, self._readings)))

    @cached_property
    def _beginnings(self) -> set[str]:
        words = {word[:LONGEST_BEGINNING] for word in chain(self._set_apart, *self._readings)}
        return {word[:end] for word in words for end in range(1, len(word) + 1)}


def _runs(words: Sequence[str], length: int) -> Iterator[Phrase]:
    return zip(*(words[at:] for at in range(length)), strict=False)


def lines_in(lines: str) -> int:
    return sum(map(bool, map(str.strip, lines.splitlines())))


def stars_in(lines: str) -> int:
    """Return how many lines are phrases with a "*"."""
    return len(phrases_in(lines).with_stars)


@lru_cache(REMEMBERED)
def phrases_in(lines: str) -> Phrases:
    """Return the words and phrases of a list, one a line."""
    whole: defaultdict[int, set[Phrase]] = defaultdict(set)
    beginnings, with_stars = set(), {}
    for line in lines.splitlines():
        phrase = _phrase(line)
        if not any(word.endswith("*") for word in phrase):
            whole[len(phrase)].add(phrase)
        elif len(phrase) == 1 and len(phrase[0]) <= LONGEST_BEGINNING:
            beginnings.add(phrase[0][:-1])
        else:
            with_stars[phrase] = True
    whole.pop(0, None)
    return Phrases(
        {n: frozenset(each) for n, each in whole.items()}, frozenset(beginnings), tuple(with_stars)
    )


def _phrase(line: str) -> Phrase:
    words = words_of(line) if "*" not in line else chain.from_iterable(map(_wanted, line.split()))
    return tuple(words)[:LONGEST_PHRASE]


def _wanted(written: str) -> list[str]:
    words = words_of(written)
    return [*words[:-1], f"{words[-1]}*"] if words and written.endswith("*") else words
