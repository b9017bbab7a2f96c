"""Lists for people who type plain text: a lone item and numbers
that do not count up stay as they were typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from markdown_it.rules_core import StateCore
from markdown_it.token import Token


@dataclass
class _List:
    parent: "_List | None"
    is_ordered: bool
    items: list[Token] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)

    @cached_property
    def is_shown(self) -> bool:
        is_nested = self.parent is not None and self.parent.is_shown
        return (is_nested or len(self.lines) > 1) and (not self.is_ordered or _count_up(self.items))


def restore_typed_items(state: StateCore) -> None:
    """Rule for the Markdown parser, after its blocks: turns
    what is no list back into lines of text.
    """
    if any(token.type == "list_item_open" for token in state.tokens):
        state.tokens = list(_joined(list(_restored(state.tokens, _lists(state.tokens)))))


def _lists(tokens: list[Token]) -> dict[int, _List]:
    """Return the list that each of its own tokens (by identity) belongs to."""
    found: dict[int, _List] = {}
    current: _List | None = None
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            current = _List(current, token.tag == "ol")
        if current and token.tag in {"ul", "ol", "li"}:
            found[id(token)] = current
        if current and token.type == "list_item_open":
            current.items.append(token)
            _add_line(current, token)
        if current and token.type in {"bullet_list_close", "ordered_list_close"}:
            current = current.parent
    return found


def _add_line(inner: _List, item: Token) -> None:
    outer: _List | None = inner
    while outer:
        outer.lines.add((item.map or [0])[0])
        outer = outer.parent


def _count_up(items: list[Token]) -> bool:
    numbers = [int(item.info) for item in items]
    is_written_so = all(
        str(number) == item.info for number, item in zip(numbers, items, strict=True)
    )
    return is_written_so and all(one + 1 == two for one, two in pairwise(numbers))


def _restored(tokens: list[Token], lists: dict[int, _List]) -> Iterator[Token]:
    marker, line = "", 0
    around: list[_List] = []
    for token in tokens:
        its_list = lists.get(id(token))
        if its_list and token.tag != "li":
            around = [*around, its_list] if token.nesting > 0 else around[:-1]
        if its_list is None or its_list.is_shown:
            if marker and token.type == "inline":
                token.content, marker = f"{marker} {token.content}", ""
            elif marker and token.type != "paragraph_open":
                yield from _paragraph(marker, token)
                marker = ""
            yield _lifted(token, around)
            continue
        if marker and token.nesting > 0 and token.map and token.map[0] == line:  # "* * *"
            marker += f" {token.info}{token.markup}" if token.tag == "li" else ""
            continue
        if marker:
            yield from _paragraph(marker, token)
        marker = f"{token.info}{token.markup}" if token.type == "list_item_open" else ""
        line = (token.map or [0])[0]


def _lifted(token: Token, around: list[_List]) -> Token:
    """The token as it stands without the lists around it that are none."""
    token.level -= 2 * sum(not each.is_shown for each in around)
    token.hidden = token.hidden and all(each.is_shown for each in around[-1:])
    return token


def _paragraph(text: str, before: Token) -> list[Token]:
    tokens = [
        Token("paragraph_open", "p", 1),
        Token("inline", "", 0, content=text, children=[]),
        Token("paragraph_close", "p", -1),
    ]
    for token in tokens:
        token.map, token.level, token.block = before.map, max(before.level, 0), True
    tokens[1].level += 1
    return tokens


def _joined(tokens: list[Token]) -> Iterator[Token]:
    """Paragraphs with no empty line between them are one."""
    inline: Token | None = None
    at = 0
    while at < len(tokens):
        token = tokens[at]
        follows = inline and token.type == "paragraph_close" and tokens[at + 1 : at + 3]
        if (
            inline
            and follows
            and follows[0].type == "paragraph_open"
            and _touch(inline, follows[0])
        ):
            inline.content += f"\n{follows[1].content}"
            inline.map = [(inline.map or [0, 0])[0], (follows[1].map or [0, 0])[1]]
            tokens[at + 3] = token
            at += 3
            continue
        inline = token if token.type == "inline" else inline
        yield token
        at += 1


def _touch(one: Token, other: Token) -> bool:
    return bool(one.map and other.map and one.map[1] == other.map[0])
