"""The direction of each block, where a text has words that are written from right to left."""

from typing import Final

import regex
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_RIGHT_TO_LEFT: Final = regex.compile(r"[\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
# With these around them, letters are shown in another order than
# the one in which they are typed and judged.
_OVERRIDES: Final = str.maketrans("", "", "\u202d\u202e")
_STRONG: Final = regex.compile(r"[\p{Bidi_Class=L}\p{Bidi_Class=R}\p{Bidi_Class=AL}]")
_HOLDS_WORDS: Final = {"paragraph_open", "heading_open", "th_open", "td_open"}
# "auto" looks past what has a direction of its own, so what holds such blocks is told.
_HOLDS_BLOCKS: Final = {
    "blockquote_open",
    "bullet_list_open",
    "ordered_list_open",
    "list_item_open",
}


def without_overrides(html: str) -> str:
    """Return rendered HTML whose letters are read in the order in which they stand."""
    return html.translate(_OVERRIDES) if "\u202e" in html or "\u202d" in html else html


def direct_blocks(state: StateCore) -> None:
    """Rule for the Markdown parser. A text of one direction
    needs none of it: "auto" around it is enough.
    """
    if not _RIGHT_TO_LEFT.search(state.src):
        return
    untold: list[Token] = []
    for token in state.tokens:
        if token.type in _HOLDS_WORDS:
            token.attrSet("dir", "auto")
        elif token.type in _HOLDS_BLOCKS:
            untold.append(token)
        elif token.type == "inline" and (strong := _STRONG.search(token.content)):
            for holder in untold:
                holder.attrSet("dir", "rtl" if _RIGHT_TO_LEFT.match(strong[0]) else "ltr")
            untold.clear()
        elif token.nesting < 0 and untold and token.level == untold[-1].level:
            untold.pop()
