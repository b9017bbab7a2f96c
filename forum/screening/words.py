"""Words as a reader sees them, whatever characters they are made of. Pure.

Words and phrases are looked up in tables, never turned into a regular expression: no list and no text can make it hang.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from confusable_homoglyphs.confusables import confusables_data

from text.invisible import ACCENT, SHOWS_NOTHING

# A line of a list is at most so many words long; what is longer is cut.
LONGEST_PHRASE: Final = 8
# From so many letters on, l e t t e r s set apart are read as one word.
SHORTEST_SET_APART: Final = 3
# Scripts written without spaces: each character is found by itself, wherever it stands.
_WITHOUT_SPACES: Final = (
    *(range(0x0E00, 0x0F00), range(0x1000, 0x10A0), range(0x1780, 0x1800)),  # Thai and Lao, Burmese, Khmer
    *(range(0x3040, 0x3100), range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000)),  # Kana and Han
)
_DIGITS_FOR_LETTERS: Final = str.maketrans("013457", "oieast")

Phrase = tuple[str, ...]


def words_of(text: str) -> list[str]:
    """Folded: case, accents, ornamental forms, look-alike letters and what shows nothing make no difference."""
    words = "".join(map(_folded, text)).split()
    return [word if word.isdigit() else word.translate(_DIGITS_FOR_LETTERS) for word in words]


@dataclass(frozen=True)
class Phrases:
    """Words and phrases to look for, by their first word. A "*" at the end of a word stands for any further letters."""

    by_first: Mapping[str, list[Phrase]]
    beginnings: frozenset[int]  # how long the words with a "*" are without it

    def __bool__(self) -> bool:
        return bool(self.by_first)


def phrases_in(lines: str) -> Phrases:
    """The words and phrases of a list, one a line."""
    return _phrases_in(lines)


def says_one_of(words: list[str], phrases: Phrases) -> bool:
    """Whether one of the phrases is said, in whole words or in words that begin so."""
    return _says(words, phrases) or any(_says([word], phrases) for word in _set_apart(words))


def _says(words: list[str], phrases: Phrases) -> bool:
    for length in (None, *phrases.beginnings):
        firsts = words if length is None else [f"{word[:length]}*" for word in words]
        for at, first in enumerate(firsts):
            if first in phrases.by_first and _goes_on(words[at:], phrases.by_first[first]):
                return True
    return False


def _goes_on(words: list[str], phrases: list[Phrase]) -> bool:
    return any(_is_said(words[: len(phrase)], phrase) for phrase in phrases)


def _is_said(words: list[str], phrase: Phrase) -> bool:
    return len(words) == len(phrase) and all(map(_is_word, words, phrase))


def _is_word(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def _set_apart(words: list[str]) -> list[str]:
    """Words whose letters are written one by one."""
    runs: list[str] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
            continue
        if len(run) >= SHORTEST_SET_APART:
            runs.append(run.translate(_DIGITS_FOR_LETTERS))
        run = ""
    return runs


@lru_cache(256)
def _phrases_in(lines: str) -> Phrases:
    by_first: defaultdict[str, list[Phrase]] = defaultdict(list)
    for line in lines.splitlines():
        if phrase := tuple(chain.from_iterable(map(_wanted, line.split())))[:LONGEST_PHRASE]:
            by_first[phrase[0]].append(phrase)
    beginnings = frozenset(len(first) - 1 for first in by_first if first.endswith("*"))
    return Phrases(by_first, beginnings)


def _wanted(written: str) -> list[str]:
    words = words_of(written)
    return [*words[:-1], f"{words[-1]}*"] if words and written.endswith("*") else words


@lru_cache(16_384)
def _folded(char: str) -> str:
    """The letters and digits that it shows, a space where it parts words, nothing where it shows nothing."""
    if SHOWS_NOTHING.match(char) or ACCENT.match(char):
        return ""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(map(_plain, letters)) or " "


def _plain(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() else " "
    if ACCENT.match(char):
        return ""
    if any(ord(char) in script for script in _WITHOUT_SPACES):
        return f" {char} "
    twin = _latin_twin(char)
    return twin or (char if unicodedata.category(char)[0] in "LMN" else " ")


def _latin_twin(char: str) -> str:
    """The letter of the Latin alphabet that this one looks like, in small or in capitals."""
    for form in (char, char.upper()):
        for twin in confusables_data.get(form, ()):
            if twin["c"].isascii() and twin["c"].isalnum():
                return str(twin["c"].lower())
    return ""
