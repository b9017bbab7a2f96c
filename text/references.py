"""Mentions of people and citations of comments, as rules for the Markdown parser.

Pure: the known people and comments come with the text, in the `env` of a rendering.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from text.words import goes_on


@dataclass(frozen=True)
class References:
    people: Mapping[str, int] = field(
        default_factory=dict
    )  # a name as it is written → the key of the person
    comments: Container[str] = ()  # addresses of comments, as they are written


NOTHING: Final = References()


def know_references(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("emphasis", "mention", _mention)
    parser.core.ruler.push("citation", _cite)
    parser.add_render_rule("citation", _citation)


def _mention(state: StateInline, silent: bool) -> bool:
    """`@Name` is marked with the key of the person: the way to them is
    filled in when it is read.
    """
    at = state.pos
    if state.src[at] != "@" or state.linkLevel or _is_in_a_word(state.src[max(at - 1, 0) : at]):
        return False
    name = _name_at(state, at + 1)
    if not name:
        return False
    if not silent:
        opening = state.push("mention_open", "data", 1)
        opening.attrs = {"value": _known(state).people[name]}
        state.push("text", "", 0).content = f"@{name}"
        state.push("mention_close", "data", -1)
    state.pos = at + 1 + len(name)
    return True


def _is_in_a_word(before: str) -> bool:
    """An "@" behind this is part of a mail address, or of an address at some other site."""
    return before.isascii() and (before.isalnum() or before in {"/", "@", "_"})


def _name_at(state: StateInline, start: int) -> str:
    """The longest of the known names that stands here as a whole."""
    found = [
        name
        for name in _known(state).people
        if state.src.startswith(name, start) and not goes_on(state.src, start + len(name))
    ]
    return max(found, key=len, default="")


def _cite(state: StateCore) -> None:
    """A paragraph that is nothing but a link to a comment
    quotes it: its words are filled in when it is read.
    """
    for at, token in enumerate(state.tokens):
        address = _lone_address(token) if token.level == 1 else ""
        if address and address in _known(state).comments:
            citation = Token("citation", "", 0, meta={"address": address}, block=True)
            state.tokens[at - 1 : at + 2] = [_nothing(), citation, _nothing()]


def _lone_address(token: Token) -> str:
    """The address, where the only content is a link that reads as it leads."""
    children = token.children or []
    if [child.type for child in children] != ["link_open", "text", "link_close"]:
        return ""
    return str(children[0].attrs["href"]) if children[0].info == "auto" else ""


def _nothing() -> Token:
    return Token("text", "", 0)


def _citation(self: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    address = escapeHtml(tokens[at].meta["address"])
    return f'<aside><p><a href="{address}">{address}</a></p></aside>\n'


def _known(state: StateInline | StateCore) -> References:
    known: References = state.env.get("refers_to", NOTHING)
    return known
