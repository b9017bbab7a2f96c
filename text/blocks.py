"""Rules for the blocks of Markdown: none of them drops a word of what was written."""

from typing import Final

import regex
from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_block.fence import make_fence_rule
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# A quotation is one level, a list is two. What is nested deeper
# is text, with its signs as they were typed.
MAX_BLOCK_LEVEL: Final = 12
# The word behind the backticks that says what the code is:
# shown nowhere. Any other words there are shown.
LANGUAGES: Final = frozenset(
    "bash c c++ cpp cs csharp css diff dockerfile elixir erlang go haskell html http ini java "
    "javascript js json jsx"
    " kotlin latex less lua makefile markdown md nginx objc perl php plaintext powershell ps1 py "
    "python r rb rs ruby"
    " rust scala scss sh shell sql swift tex toml ts tsx txt typescript vb xml yaml yml zig "
    "zsh".split()
)
_INTERRUPTS_ALL: Final[RuleOptionsType] = {"alt": ["paragraph", "reference", "blockquote", "list"]}
_INTERRUPTS_PARAGRAPHS: Final[RuleOptionsType] = {"alt": ["paragraph", "reference", "blockquote"]}
_BEFORE_CELLS: Final = regex.compile(r"[\s>]*\|?")
# ">50", ">_<" and ">=" are no quotations.
_NOT_QUOTED: Final = regex.compile(r">[\p{N}\p{Sc}_:;=.,<^/|)%]")


def keep_words(parser: MarkdownIt) -> None:
    """Rules for all texts: deep nesting, notes on code and surplus cells of a table are shown."""
    parser.block.ruler.at("blockquote", _shallow_blockquote, _INTERRUPTS_ALL)
    parser.block.ruler.at("list", _shallow_list, _INTERRUPTS_PARAGRAPHS)
    parser.core.ruler.after("block", "notes_on_code", _show_notes_on_code)
    parser.core.ruler.after("block", "surplus_cells", _show_surplus_cells)


def end_with_the_line(parser: MarkdownIt) -> None:
    """Rules for comments: a quotation or list item goes on
    only where its sign or indentation says so.
    """
    parser.block.ruler.at("blockquote", _plain_blockquote, _INTERRUPTS_ALL)
    parser.block.ruler.at("fence", make_fence_rule(markers=("`",)), _INTERRUPTS_ALL)
    parser.block.ruler.before("paragraph", "no_sign", _no_sign, {"alt": ["blockquote"]})
    parser.block.ruler.at("paragraph", _paragraph)


def _shallow_blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level < MAX_BLOCK_LEVEL and blockquote(state, start, end, silent)


def _shallow_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return state.level < MAX_BLOCK_LEVEL and list_block(state, start, end, silent)


def _plain_blockquote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begins = state.bMarks[start] + state.tShift[start]
    return not _NOT_QUOTED.match(state.src, begins) and _shallow_blockquote(
        state, start, end, silent
    )


def _no_sign(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Asked by a quotation at each line without its sign."""
    return silent and state.parentType == "blockquote"


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's own rule takes further lines whatever their indentation is."""
    after = start + 1
    while after < state.lineMax and not _ends_before(state, after):
        after += 1
    state.line = after
    place = [start, after]
    state.push("paragraph_open", "p", 1).map = place
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, after, state.blkIndent, False).strip()
    inline.map, inline.children = place, []
    state.push("paragraph_close", "p", -1)
    return True


def _ends_before(state: StateBlock, line: int) -> bool:
    if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
        return True
    parent, state.parentType = state.parentType, "paragraph"
    is_interrupted = any(
        rule(state, line, state.lineMax, True)
        for rule in state.md.block.ruler.getRules("paragraph")
    )
    state.parentType = parent
    return is_interrupted


def _show_notes_on_code(state: StateCore) -> None:
    for token in state.tokens:
        note = token.info.strip()
        if token.type == "fence" and note and note.casefold() not in LANGUAGES:
            token.content = f"{note}\n{token.content}"


def _show_surplus_cells(state: StateCore) -> None:
    """A row may have more cells than its table: the last one holds them."""
    lines = state.src.split("\n")
    row: Token | None = None
    cells: list[Token] = []
    for token in state.tokens:
        if token.type == "tr_open":
            row, cells = token, []
        elif token.type == "inline" and row:
            cells.append(token)
        elif token.type == "tr_close" and row and cells:
            typed = _cells(lines[(row.map or [0])[0]])
            cells[-1].content = " | ".join([cells[-1].content, *typed[len(cells) :]])
            row = None


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in escapedSplit(_BEFORE_CELLS.sub("", line, count=1).rstrip())]
    return cells if cells[-1] else cells[:-1]
