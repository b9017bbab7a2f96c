"""The words that a rule found are marked where they stand in a comment's markup."""

import re
from collections.abc import Iterable
from html import escape
from typing import Final

# A tag, with whatever stands in its quotation marks; what is between tags is text.
_TAG: Final = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^'">])*>)""")
MOST_MARKED: Final = 50  # words of a rule


def highlight_words(html: str, words: Iterable[str]) -> str:
    """The markup with each of the words, whole and in capitals or not, in a `mark`."""
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
    """A "*" at the end stands for the rest of the word, as it does for the rule."""
    letters = re.escape(escape(word.removesuffix("*"), quote=False))
    return rf"{letters}\w*" if word.endswith("*") else letters
