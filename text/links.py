"""Links of Markdown: canonical or none, with the host shown
where the words of a link name another one.
"""

from collections.abc import Iterator
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

from text.addresses import canonical, undisclosed_host
from text.autolinks import autolink

# After so many brackets without an end in one block, the others are text.
MAX_UNCLOSED: Final = 8
# Places in the parser's cache of places.
_UNCLOSED: Final = -1
_LAST: Final = -2  # of all "](" the last


class Parser(MarkdownIt):
    """The parser with one opinion on addresses."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the parser's own names
        return canonical(url)

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return url != ""

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


class ArticleParser(Parser):
    """An article may lead to a part of itself."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url if url.startswith("#") and url[1:].replace("-", "").isalnum() else canonical(url)


def make_links(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("newline", "address", autolink)
    parser.inline.ruler.at("link", _link)
    parser.core.ruler.after("inline", "disclose_links", _disclose)


def _link(state: StateInline, silent: bool) -> bool:
    """The parser's own rule looks for the end of every bracket: it stops
    after many that have none.
    """
    if state.src[state.pos] != "[":
        return False
    unclosed = state.cache.get(_UNCLOSED, 0)
    if _LAST not in state.cache:
        state.cache[_LAST] = state.src.rfind("](")
    if unclosed > MAX_UNCLOSED or state.pos > state.cache[_LAST]:
        return False
    if parseLinkLabel(state, state.pos, True) < 0:
        state.cache[_UNCLOSED] = unclosed + 1
        return False
    return link(state, silent)


def _disclose(state: StateCore) -> None:
    for token in state.tokens:
        if token.children and any(child.type == "link_open" for child in token.children):
            token.children = list(_disclosed(token.children))


def _disclosed(tokens: list[Token]) -> Iterator[Token]:
    opening, words = Token("", "", 0), ""
    for token in tokens:
        if token.type == "link_open":
            opening, words = token, ""
        words += token.content
        if token.type in {"link_open", "link_close"} and not opening.attrs["href"]:
            yield _text("[" if token.nesting > 0 else "]()")
            continue
        yield token
        if token.type == "link_close":
            yield from _beside(opening, words)


def _beside(opening: Token, words: str) -> Iterator[Token]:
    """The title, which no reader would find otherwise, and
    where the link leads unless its words are honest.
    """
    address, title = str(opening.attrs["href"]), opening.attrs.pop("title", "")
    if title:
        yield _text(f" ({title})")
    if host := undisclosed_host(words, address):
        yield _text(f" ({host})")


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
