"""Highlight the words that a rule matched in the HTML of a comment."""

import re
from collections.abc import Iterable
from html import escape
from typing import Final

# A tag, with whatever stands in its quotation marks; what is between tags is text.
_TAG: Final = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^'">])*>)""")
MOST_MARKED: Final = 50  # words of a rule


def highlight_words(html: str, words: Iterable[str]) -> str:
    """Return the HTML with each of the whole words, in any case, inside a `mark`."""
    wanted = [_pattern(word.strip()) for word in words if word.strip(" *\t")][:MOST_MARKED]
    if not wanted:
        return html
    word = re.compile(
        rf"(?<!\w)({'|'.join(sorted(wanted, key=len, reverse=True))})(?!\w)", re.IGNORECASE
    )
    parts = _TAG.split(html)
    return "".join(
        part if number % 2 else word.sub(r"<mark>\1</mark>", part)
        for number, part in enumerate(parts)
    )


def _pattern(word: str) -> str:
    """Return the pattern of a word. A "*" at its end stands for further letters, as in the rule."""
    letters = re.escape(escape(word.removesuffix("*"), quote=False))
    return rf"{letters}\w*" if word.endswith("*") else letters
