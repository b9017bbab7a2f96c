"""Somebody's words as the beginning of an answer. Pure."""

from typing import Final

# Enough to see what is meant; who wants to quote more chooses it.
MOST_CHARACTERS: Final = 1_000


def quotation(body: str) -> str:
    """Markdown that quotes these words, without what they quote themselves, and room to go on."""
    own = "\n".join(line for line in body.splitlines() if not line.lstrip().startswith(">")).strip()
    if len(own) > MOST_CHARACTERS:
        own = own[:MOST_CHARACTERS].rsplit(maxsplit=1)[0] + " …"
    return "\n".join(f"> {line}".rstrip() for line in own.splitlines()) + "\n\n"
