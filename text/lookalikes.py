"""Names that a reader could take for one another: equal skeletons, after UTS 39 (confusables).

Case, accents, strokes, ligatures, separators and letters of other scripts
that look the same are folded away, so "Ines Okafor", "ines_okafor" and "lnes
0kafor" are one, and so are "Łukasz" and "Lukasz".
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from confusable_homoglyphs.categories import alias
from confusable_homoglyphs.confusables import confusables_data

from text.invisible import SHOWS_NOTHING

SEPARATORS = " .-_'"
# Only lengthens the line between two letters.
TATWEEL = "\u0640"
SCRIPTS_OF_ALL = frozenset({"COMMON", "INHERITED"})
HEBREW_POINTS = frozenset(map(chr, range(0x0591, 0x05C8)))  # written or left out
# What the table of confusables leaves out, or gives a look of its own.
LOOKS = {"ð": "d", "þ": "p", "ŋ": "n", "ʉ": "u", "ی": "ي", "ى": "ي", "ک": "ك", "ہ": "ه", "ە": "ه"}
# In these scripts the name of a letter "with" something names the letter that it is made of.
MADE_OF = ("LATIN", "CYRILLIC", "GREEK")


def skeleton_of(name: str) -> str:
    looks = "".join(_look(char) for char in _folded(name))
    return looks.replace("rn", "m").replace("vv", "w")


def _folded(text: str) -> Iterator[str]:
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()):
        unseen = char in SEPARATORS or SHOWS_NOTHING.match(char) or char == TATWEEL
        if not unseen and not _is_accent(char):
            yield char


def _is_accent(char: str) -> bool:
    """Return whether it is a mark of any alphabet. Vowel
    signs of one script are letters to its readers.
    """
    is_mark = unicodedata.category(char) == "Mn"
    return is_mark and (alias(char) in SCRIPTS_OF_ALL or char in HEBREW_POINTS)


@lru_cache(maxsize=8192)
def _look(char: str) -> str:
    """Return the letters that this one looks like, in small
    or in capitals; itself where there are none.
    """
    if char in "il1|":
        return "l"
    if char in "o0":
        return "o"
    if char.isascii():
        return char
    if char in LOOKS:
        return LOOKS[char]
    if (digit := unicodedata.decimal(char, None)) is not None:
        return _look(str(digit))
    return _latin_look(char) or _composed_look(char) or _classes().get(char, char)


def _latin_look(char: str) -> str:
    for form in (char, char.upper()):
        for twin in confusables_data.get(form, ()):
            if twin["c"].isascii() and twin["c"].isalnum():
                return "".join(_look(letter) for letter in twin["c"].lower())
    return ""


def _composed_look(char: str) -> str:
    """Return the look of the letter below a stroke, hook or tail, or of
    both letters of a ligature.
    """
    name, _, addition = unicodedata.name(char, "").partition(" WITH ")
    if addition and name.startswith(MADE_OF):
        try:
            return _look(unicodedata.lookup(name))
        except KeyError:
            return ""
    twins = [twin["c"] for twin in confusables_data.get(char, ()) if len(twin["c"]) > 1]
    parts = list(_folded(twins[0])) if len(twins) == 1 else []
    return "".join(map(_look, parts)) if parts and char not in parts else ""


@cache
def _classes() -> dict[str, str]:
    """Group single letters that the table names as alike, each under the first of its group."""
    first: dict[str, str] = {}

    def find(char: str) -> str:
        while (parent := first.get(char, char)) != char:
            char = parent
        return char

    pairs = ((char, twin["c"]) for char, twins in confusables_data.items() for twin in twins)
    for pair in pairs:
        if max(map(len, pair)) == 1:
            one, other = sorted(map(find, pair))
            first[other] = one
    return {char: find(char) for char in list(first)}
