"""Fold words to the letters that a reader sees, whatever characters they consist of. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from confusable_homoglyphs.confusables import confusables_data

from text.invisible import ACCENT, SHOWS_NOTHING

# From so many letters on, l e t t e r s set apart are read as one word.
SHORTEST_SET_APART: Final = 3
# So many characters are remembered; more are in no text that people write.
REMEMBERED: Final = 16_384
# Scripts written without spaces: each character is found by itself, wherever it stands.
_WITHOUT_SPACES: Final = (
    *(
        range(0x0E00, 0x0F00),
        range(0x1000, 0x10A0),
        range(0x1780, 0x1800),
    ),  # Thai and Lao, Burmese, Khmer
    *(
        range(0x3040, 0x3100),
        range(0x3400, 0xA000),
        range(0xF900, 0xFB00),
        range(0x20000, 0x32000),
    ),  # Kana and Han
)
_DIGIT: Final = re.compile("[013457]")
_DIGITS_FOR_LETTERS: Final = str.maketrans("013457", "oieast")


def words_of(text: str) -> list[str]:
    """Return the words, folded: case, accents, ornamental forms, look-alike letters and
    invisible characters make no difference.
    """
    letters = folded(text)
    words = letters.split()
    if not _DIGIT.search(letters):
        return words
    return [word if word.isdigit() else word.translate(_DIGITS_FOR_LETTERS) for word in words]


def folded(text: str) -> str:
    """Return the letters and digits that a text shows, folded, with spaces between words."""
    return text.translate(_FOLDED)


def set_apart(words: Sequence[str]) -> list[str]:
    """Return words whose letters are separated by spaces."""
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


def _folded(char: str) -> str:
    """Return the letters and digits that a character shows, a space if it separates words, ""
    if it is invisible.
    """
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
    """Return the Latin letter that this one looks like, as small or capital letter."""
    for form in (char, char.upper()):
        for twin in confusables_data.get(form, ()):
            if twin["c"].isascii() and twin["c"].isalnum():
                return str(twin["c"].lower())
    return ""


class _Folding(dict[int, str]):
    """The folding of each character, computed when it is first met."""

    def __missing__(self, code: int) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        self[code] = _folded(chr(code))
        return self[code]


_FOLDED: Final = _Folding()
