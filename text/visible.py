"""The visible text of rendered HTML, and the addresses of its links."""

import re
from html import unescape
from typing import Final

import nh3
import regex

from text.addresses import canonical

_BLOCK_END: Final = re.compile(r"</(?:p|li|h[2-4]|pre|t[dh])>|<br>|<hr>")
_CITATION: Final = re.compile(r'<aside\b[^>]*><p\b[^>]*><a href="([^"]*)".*?</aside>', re.DOTALL)
_LINK: Final = re.compile(r'<a href="([^"]*)"')
_SIGNS: Final = re.compile(r"[*_~`\\]+")
_WORDS_ALONE: Final = nh3.Cleaner(tags=set())
# Empty patterns and blank notes and signs, beside all that
# has no shape of its own (text.invisible).
_BLANK: Final = regex.compile(
    r"[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800\U0001d159\U00013441\U00013442\s]*"
)

# A letter or digit at the beginning of a line shows, unless it belongs
# to the address of a link or numbers an item.
_SHOWS: Final = regex.compile(
    r"(?V1)^[ \t]*(?!\d{1,9}[.)](?:\s|$))"
    r"[[\p{L}\p{N}]--[\p{Default_Ignorable_Code_Point}\U00013441\U00013442]]",
    regex.MULTILINE,
)


def visible_text(html: str) -> str:
    """Return the words of rendered HTML on one line.

    Of a comment that is cited there only its address remains: its words are somebody else's.
    """
    own = _CITATION.sub(r"<p>\1</p>", html)
    words = _WORDS_ALONE.clean(_BLOCK_END.sub(r"\g<0> ", own))
    return " ".join(unescape(words).split())


def links_in(html: str) -> list[str]:
    """Return the address of each link to somewhere else, as often as there are links."""
    return [
        address
        for href in _LINK.findall(html)
        if not (address := canonical(unescape(href))).startswith("/")
    ]


def with_addresses(text: str, html: str) -> str:
    """Return the visible text, and behind it the addresses
    that its links lead to and it does not show.
    """
    return " ".join(
        [text, *(address for address in dict.fromkeys(links_in(html)) if address not in text)]
    )


def without_signs(source: str) -> str:
    """Return what was typed as a reader sees through it: no
    signs of emphasis within words, no entities.
    """
    return _SIGNS.sub("", unescape(source))


def is_blank(text: str) -> bool:
    """Return True if nothing of a text shows: only spaces,
    combining marks, and characters without a shape.
    """
    return _BLANK.fullmatch(text) is not None


def surely_shows(source: str) -> bool:
    """Return True if something of this Markdown is seen in any case;
    False asks for rendering it.
    """
    return "](" not in source and _SHOWS.search(source) is not None


def clip(text: str, length: int) -> str:
    """Return the text cut to so many characters, an ellipsis
    included, never inside of what readers see as one.
    """
    if len(text) <= length:
        return text
    end = 0
    for cluster in regex.finditer(r"\X", text, endpos=min(len(text), length + 64)):
        if cluster.end() > length - 1:
            break
        end = cluster.end()
    return f"{text[:end].rstrip()}…"
