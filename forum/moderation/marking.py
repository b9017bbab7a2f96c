"""The words that a rule found are marked where they stand in a comment's markup."""

import re
from collections.abc import Iterable
from html import escape
from typing import Final

# A tag, with whatever stands in its quotation marks; what is between tags is text.
_TAG: Final = re.compile(r"""(<(?:"[^"]*"|'[^']*'|[^'">])*>)""")
MOST_MARKED: Final = 50  # words of a rule


def marked(html: str, words: Iterable[str]) -> str:
    """The markup with each of the words, whole and in capitals or not, in a `mark`."""
    wanted = [re.escape(escape(word.strip(), quote=False)) for word in words if word.strip()][:MOST_MARKED]
    if not wanted:
        return html
    word = re.compile(rf"(?<!\w)({'|'.join(sorted(wanted, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
    parts = _TAG.split(html)
    return "".join(part if number % 2 else word.sub(r"<mark>\1</mark>", part) for number, part in enumerate(parts))
