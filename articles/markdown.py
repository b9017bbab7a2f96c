"""Where text becomes HTML: the only place that makes markup of what people write.

Markdown is parsed without raw HTML, then rebuilt from an allow-list: nothing of the writer's own
attributes survives but the addresses of links and the start of a numbered list. Pure: no ORM, no HTTP.
"""

import re
from html import unescape
from typing import Any, Final

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from articles.references import NOTHING, References, know_references

# Nesting beyond this is shown as text: deep nesting is what makes Markdown parsers slow.
MAX_NESTING: Final = 12
COMMENT_TAGS: Final = {"p", "br", "em", "strong", "s", "a", "blockquote", "ul", "ol", "li", "code", "pre"}
_BLOCK_END: Final = re.compile(r"</(?:p|li|h[2-4]|pre|t[dh])>|<br>|<hr>")
_CITATION: Final = re.compile(r'<aside><p><a href="([^"]*)".*?</aside>', re.DOTALL)
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
ARTICLE_TAGS: Final = COMMENT_TAGS | {"h2", "h3", "h4", "hr", "table", "thead", "tbody", "tr", "th", "td"}


def render_comment(text: str, references: References = NOTHING) -> str:
    """HTML of a reader's words. The subset is described in docs/formatting.md; no images, ids or classes."""
    html = _COMMENT_PARSER.render(_encodable(text), {"refers_to": references})
    return _COMMENT_CLEANER.clean(html).strip()


def render_article(text: str) -> str:
    """HTML of an editor's words: the subset of comments, with headings, tables and rules."""
    return _ARTICLE_CLEANER.clean(_ARTICLE_PARSER.render(_encodable(text))).strip()


def plain_text(html: str) -> str:
    """The words of rendered HTML on one line, for descriptions, feeds and structured data.

    Of a comment that is cited there only its address remains: its words are somebody else's.
    """
    own = _CITATION.sub(r"<p>\1</p>", html)
    words = _WORDS_ALONE.clean(_BLOCK_END.sub(r"\g<0> ", own))
    return " ".join(unescape(words).split())


def quoted_lines(text: str) -> set[int]:
    """Return the lines of a comment, by number, that quote somebody: not those that look so inside its code."""
    tokens = _COMMENT_PARSER.parse(text, {"refers_to": NOTHING})
    outer = (token.map for token in tokens if token.type == "blockquote_open" and token.level == 0)
    return {line for place in outer if place for line in range(*place)}


def count_words(text: str) -> int:
    return len(text.split())


def _encodable(text: str) -> str:
    """What no page or feed can hold goes: halves of characters (JSON can bring them) and control characters."""
    return _CONTROLS.sub("", text.encode("utf-8", "replace").decode())


def _lower_headings(state: StateCore) -> None:
    """The page has its own h1 above the text."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"


def _parser(*, enable: list[str], disable: list[str]) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": MAX_NESTING})
    parser.enable(["linkify", "strikethrough", *enable]).disable(["image", "reference", *disable])
    # Only whole addresses become links: "readme.md" in a sentence is not one.
    linkify: Any = parser.linkify
    linkify.set({"fuzzy_link": False, "fuzzy_email": False})
    return parser


def _cleaner(tags: set[str], rel: str | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes={"a": {"href"}, "data": {"value"}, "ol": {"start"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel=rel,
    )


_COMMENT_PARSER: Final = _parser(enable=[], disable=["heading", "lheading", "hr"])
know_references(_COMMENT_PARSER)
_ARTICLE_PARSER: Final = _parser(enable=["table"], disable=[])
_ARTICLE_PARSER.core.ruler.push("lower_headings", _lower_headings)
# No Markdown makes an "aside" or "data", only a citation and a mention: nobody can write them by hand.
_COMMENT_CLEANER: Final = _cleaner(COMMENT_TAGS | {"aside", "data"}, "nofollow ugc noopener")
_ARTICLE_CLEANER: Final = _cleaner(ARTICLE_TAGS, "noopener")
_WORDS_ALONE: Final = nh3.Cleaner(tags=set())
