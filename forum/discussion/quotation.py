"""Somebody's words as the beginning of a reply. Pure."""

from typing import Final

from text.markdown import quoted_lines

# Enough to see what is meant; who wants to quote more chooses it.
MOST_CHARACTERS: Final = 1_000


def quotation(body: str) -> str:
    """Return Markdown that quotes these words, without what
    they quote themselves, and room to go on.
    """
    own = _without_quotations(body)
    if len(own) > MOST_CHARACTERS:
        own = own[:MOST_CHARACTERS].rsplit(maxsplit=1)[0] + " …"
    return "\n".join(f"> {line}".rstrip() for line in own.split("\n")) + "\n\n"


def _without_quotations(body: str) -> str:
    """Return the other lines; an empty one is left where a quotation
    stood between two paragraphs.
    """
    body = body.replace("\u2028", "\n").replace("\u2029", "\n")
    quoted = quoted_lines(body)
    lines = ("" if number in quoted else line for number, line in enumerate(body.split("\n")))
    return "\n".join(lines).strip("\n").rstrip()
