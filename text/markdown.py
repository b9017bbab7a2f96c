"""Render Markdown to HTML: the only place that makes markup of people's text.

Markdown is parsed without raw HTML, then rebuilt from an allow-list: of the writer's own
attributes only the addresses of links and the start of a numbered list survive. Pure: no ORM,
no HTTP.
"""

from functools import partial
from typing import Any, Final

import nh3
import regex
from markdown_it.rules_core import StateCore

from text.blocks import end_with_the_line, keep_words
from text.direction import direct_blocks, without_overrides
from text.emphasis import code_span, emphasis
from text.links import ArticleParser, Parser, make_links
from text.lists import restore_typed_items
from text.marks import clip_marks, clip_marks_in_html
from text.references import NOTHING, References, know_references
from text.visible import visible_text as plain_text

__all__ = ["count_words", "plain_text", "render_article", "render_comment", "with_whole_addresses"]

# Of brackets within brackets: deep nesting is what makes Markdown
# parsers slow. Blocks end before (text.blocks).
MAX_NESTING: Final = 20
COMMENT_TAGS: Final = {
    "p",
    "br",
    "em",
    "strong",
    "s",
    "a",
    "blockquote",
    "ul",
    "ol",
    "li",
    "code",
    "pre",
}
ARTICLE_TAGS: Final = COMMENT_TAGS | {
    "h2",
    "h3",
    "h4",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
COMMENT_REL: Final = "nofollow ugc noopener"
# No page or feed can hold them.
_CONTROLS: Final = regex.compile(r"(?V1)[[\p{Cc}\p{Noncharacter_Code_Point}]--[\t\n\r]]")
_LINE_ENDS: Final = regex.compile(r"\r\n?|[\u2028\u2029]")


def render_comment(text: str, references: References = NOTHING) -> str:
    """HTML of a reader's words. The subset is described in
    docs/formatting.md; no images, ids or classes.
    """
    html = _COMMENT_PARSER.render(_printable(text), {"refers_to": references})
    return _readable(_COMMENT_CLEANER.clean(html))


def render_article(text: str) -> str:
    """HTML of an editor's words: the subset of comments, with headings, tables and rules."""
    return _readable(_ARTICLE_CLEANER.clean(_ARTICLE_PARSER.render(_printable(text))))


def with_whole_addresses(html: str, site: str) -> str:
    """Return the HTML of a comment as it can stand
    elsewhere: paths of this site become whole addresses.
    """
    cleaner = _cleaner(
        COMMENT_TAGS | {"aside"}, COMMENT_REL, attribute_filter=partial(_whole, site)
    )
    return cleaner.clean(html)


def _whole(site: str, tag: str, attribute: str, value: str) -> str:
    return f"{site}{value}" if attribute == "href" and value.startswith("/") else value


def quoted_lines(text: str) -> set[int]:
    """Return the lines of a comment, by number, that quote
    somebody: not those that look so inside its code.
    """
    tokens = _COMMENT_PARSER.parse(text, {"refers_to": NOTHING})
    outer = (token.map for token in tokens if token.type == "blockquote_open" and token.level == 0)
    return {line for place in outer if place for line in range(*place)}


def count_words(text: str) -> int:
    return len(text.split())


def _printable(text: str) -> str:
    """The text without halves of characters (JSON can bring
    them), control characters, and towers of marks.
    """
    lines = _LINE_ENDS.sub("\n", text.encode("utf-8", "replace").decode())
    return clip_marks(_CONTROLS.sub(" ", lines))


def _readable(html: str) -> str:
    """The HTML without what the source hides behind entities and
    tags: towers of marks, letters in another order.
    """
    return clip_marks_in_html(without_overrides(html)).strip()


def _lower_headings(state: StateCore) -> None:
    """The page has its own h1 above the text."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"


def _base(parser: Parser) -> Parser:
    """Both kinds of text: the same links, and no word lost."""
    parser.enable("strikethrough").disable(["image", "reference"])
    keep_words(parser)
    make_links(parser)
    parser.core.ruler.push("direction", direct_blocks)
    return parser


def _comment_parser() -> Parser:
    """Readers type plain text: docs/formatting.md says what is markup, and nothing else is."""
    parser = _base(Parser("commonmark", {"html": False, "breaks": True, "maxNesting": MAX_NESTING}))
    parser.disable(["heading", "lheading", "hr", "code", "escape"])
    end_with_the_line(parser)
    parser.inline.ruler.at("backticks", code_span)
    parser.inline.ruler.disable("strikethrough")  # the rule for emphasis marks both
    parser.inline.ruler.at("emphasis", emphasis)
    parser.core.ruler.after("block", "typed_items", restore_typed_items)
    know_references(parser)
    return parser


def _article_parser() -> Parser:
    parser = _base(ArticleParser("commonmark", {"html": False, "maxNesting": MAX_NESTING}))
    parser.enable("table")
    parser.core.ruler.push("lower_headings", _lower_headings)
    return parser


def _cleaner(tags: set[str], rel: str, **options: Any) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        attributes={"a": {"href"}, "data": {"value"}, "ol": {"start"}, "*": {"dir"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=rel,
        **options,
    )


_COMMENT_PARSER: Final = _comment_parser()
_ARTICLE_PARSER: Final = _article_parser()
# No Markdown makes an "aside" or "data", only a citation
# and a mention: nobody can write them by hand.
_COMMENT_CLEANER: Final = _cleaner(COMMENT_TAGS | {"aside", "data"}, COMMENT_REL)
_ARTICLE_CLEANER: Final = _cleaner(ARTICLE_TAGS, "noopener")
