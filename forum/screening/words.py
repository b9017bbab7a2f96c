"""Words as a reader sees them, whatever characters they are made of. Pure.

Words and phrases are looked up in sets, never turned into a regular expression: no list and no text can make it hang.
"""

import unicodedata
from functools import lru_cache
from itertools import chain
from typing import Final

from confusable_homoglyphs.confusables import confusables_data

from text.lookalikes import INVISIBLE

# A line of a list is at most so many words long; what is longer is cut.
LONGEST_PHRASE: Final = 8
# From so many letters on, l e t t e r s set apart are read as one word.
SHORTEST_SET_APART: Final = 3
_COMBINING: Final = range(0x0300, 0x0370)
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


def phrases_in(lines: str) -> frozenset[Phrase]:
    """The words and phrases of a list, one a line."""
    return _phrases_in(lines)


def says_one_of(words: list[str], phrases: frozenset[Phrase]) -> bool:
    """Whether one of the phrases is said, in whole words."""
    lengths = {len(phrase) for phrase in phrases}
    said = (tuple(words[at : at + length]) for length in lengths for at in range(len(words) - length + 1))
    return any(phrase in phrases for phrase in chain(said, _set_apart(words)))


def _set_apart(words: list[str]) -> list[Phrase]:
    """Words whose letters are written one by one."""
    runs: list[Phrase] = []
    run = ""
    for word in [*words, ""]:
        if len(word) == 1:
            run += word
            continue
        if len(run) >= SHORTEST_SET_APART:
            runs.append((run.translate(_DIGITS_FOR_LETTERS),))
        run = ""
    return runs


@lru_cache(256)
def _phrases_in(lines: str) -> frozenset[Phrase]:
    phrases = (tuple(words_of(line)[:LONGEST_PHRASE]) for line in lines.splitlines())
    return frozenset(phrase for phrase in phrases if phrase)


@lru_cache(16_384)
def _folded(char: str) -> str:
    """The letters and digits that it shows, a space where it parts words, nothing where it shows nothing."""
    if char in INVISIBLE or unicodedata.category(char) == "Cf" or ord(char) in _COMBINING:
        return ""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    return "".join(map(_plain, letters)) or " "


def _plain(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() else " "
    if ord(char) in _COMBINING:
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
