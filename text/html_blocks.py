"""The paragraph-level blocks of an article's markup: paragraphs, lists, quotes, tables and code.

Pure: markup in, markup out. It is markup of text.markdown, whose
blocks carry no attribute that could hold a ">".
"""

import re
from collections.abc import Iterable
from typing import Final

_BLOCK_TAG: Final = re.compile(r"<(/?)(?:p|ul|ol|blockquote|table|pre)\b[^>]*>")
_ENDS: Final = re.compile(r"(?:</(?:p|li|ul|ol|blockquote|t[dhr]|tbody|thead|table|pre)>\s*)+$")
_NAME: Final = re.compile(r"<\w+")
# Where something beside the block can be shown: at its end, but inside of
# it. Readers see nothing of the mark itself.
MARK: Final = re.compile(r"<!--([\w-]+)-->")


def blocks(html: str) -> list[str]:
    return _split(html)[1::2]


def marked(html: str, anchors: Iterable[str]) -> str:
    """The markup with an id at each block that is given an anchor, and a mark at its end."""
    parts = _split(html)
    parts[1::2] = [
        _mark(block, anchor) if anchor else block
        for block, anchor in zip(parts[1::2], anchors, strict=True)
    ]
    return "".join(parts)


def with_at_end(html: str, markup: str) -> str:
    """Something beside the last words, inside of the block that holds them."""
    ends = _ENDS.search(html)
    return f"{html[: ends.start()]}{markup}{ends[0]}" if ends else html + markup


def _split(html: str) -> list[str]:
    """Return the parts between blocks and the blocks in turn; every second part is a block."""
    parts, depth, behind = [], 0, 0
    for tag in _BLOCK_TAG.finditer(html):
        outermost = depth == (1 if tag[1] else 0)
        depth += -1 if tag[1] else 1
        if outermost:
            cut = tag.end() if tag[1] else tag.start()
            parts.append(html[behind:cut])
            behind = cut
    return [*parts, html[behind:]]


def _mark(block: str, anchor: str) -> str:
    return with_at_end(_NAME.sub(rf'\g<0> id="{anchor}"', block, count=1), f"<!--{anchor}-->")
