"""Word boundaries, in scripts with and without spaces between words."""

from typing import Final

import regex

_UNSPACED: Final = ("Han", "Hiragana", "Katakana", "Bopomofo", "Thai", "Lao", "Khmer", "Myanmar")
_EACH_SCRIPT: Final = "|".join(rf"[\p{{{script}}}\p{{M}}\p{{N}}ー]+" for script in _UNSPACED)
_ALL: Final = "".join(rf"\p{{{script}}}" for script in _UNSPACED)
# Letters of the other scripts stand together: "Ada好" is two words, "山田さん" too.
WORD: Final = regex.compile(rf"(?V1){_EACH_SCRIPT}|[[\p{{L}}\p{{M}}\p{{N}}]--[{_ALL}]]+")


def goes_on(text: str, at: int) -> bool:
    """Return True if the word before this place has not ended yet."""
    return at < len(text) and WORD.fullmatch(text, at - 1, at + 1) is not None
