"""Emphasis for people who type plain text: a sign inside of a word or
beside a space marks nothing.
"""

from functools import lru_cache
from typing import Final, NamedTuple

import regex
from markdown_it.rules_inline import StateInline, backtick
from markdown_it.rules_inline.state_inline import Delimiter

# How many of a sign make it markup: *one*, **two**, ***both***, _one_, ~~two~~.
_LENGTHS: Final = {"*": {1, 2, 3}, "_": {1}, "~": {2}}
# Scripts without spaces between words, or with endings written
# right behind them: a sign may stand anywhere.
_UNSPACED: Final = regex.compile(
    r"[\p{East_Asian_Width=W}\p{East_Asian_Width=F}\p{East_Asian_Width=H}"
    r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
)
_SPACE: Final = regex.compile(r"[\s\p{Z}\p{C}]")
_QUOTES_AND_DASHES: Final = r"\p{Pi}\p{Pf}\p{Pd}\p{So}\"'"
_OPENING: Final = regex.compile(rf"[\p{{Ps}}¿¡{_QUOTES_AND_DASHES}]")
_CLOSING: Final = regex.compile(rf"(?V1)[\p{{Pe}}[\p{{Po}}--[*/\\#%&@]]{_QUOTES_AND_DASHES}]")
_RUN: Final = regex.compile(r"\*+|_+|~+")
_SIGNS: Final = "*_~"
# So far a sign looks past other signs: more of them in a row are no markup.
_LOOKS_PAST: Final = 8


class Flanks(NamedTuple):
    can_open: bool
    can_close: bool


class _Kind(NamedTuple):
    """The kind of a character beside a delimiter of emphasis."""

    is_space: bool
    is_unspaced: bool
    opens: bool
    closes: bool


def emphasis(state: StateInline, silent: bool) -> bool:
    """Rule for the Markdown parser: marks what the parser's own rules then pair."""
    if silent or state.src[state.pos] not in _SIGNS:
        return False
    run = _RUN.match(state.src, state.pos, state.posMax)
    if run is None:
        return False
    sign, length = run[0][0], len(run[0])
    if length in _LENGTHS[sign]:
        _delimit(state, sign, length, flanks(state.src, run.start(), run.end()))
    else:
        state.append_pending(run[0])
    state.pos = run.end()
    return True


def code_span(state: StateInline, silent: bool) -> bool:
    """Rule for the Markdown parser: a backtick inside of a word is somebody's apostrophe."""
    before = state.src[state.pos - 1 : state.pos]
    if not before.isalnum() or _UNSPACED.match(before) or not state.src.startswith("`", state.pos):
        return backtick(state, silent)
    if not silent:
        state.append_pending("`")
    state.pos += 1
    return True


def flanks(text: str, start: int, end: int) -> Flanks:
    """Return what a run of signs may do; other signs right beside it
    are part of the same markup.
    """
    before = text[max(start - _LOOKS_PAST, 0) : start].rstrip(_SIGNS)[-1:] or " "
    after = text[end : end + _LOOKS_PAST].lstrip(_SIGNS)[:1] or " "
    start_side, end_side = _kind_of(before), _kind_of(after)
    is_unspaced = start_side.is_unspaced or end_side.is_unspaced
    return Flanks(
        can_open=not end_side.is_space and (start_side.is_space or is_unspaced or start_side.opens),
        can_close=not start_side.is_space and (end_side.is_space or is_unspaced or end_side.closes),
    )


@lru_cache(4096)
def _kind_of(char: str) -> _Kind:
    patterns = (_SPACE, _UNSPACED, _OPENING, _CLOSING)
    return _Kind(*(pattern.match(char) is not None for pattern in patterns))


def _delimit(state: StateInline, sign: str, length: int, flanks: Flanks) -> None:
    piece, pairs_by_length = ("~~", 0) if sign == "~" else (sign, length)
    for _ in range(length // len(piece)):
        state.push("text", "", 0).content = piece
        state.delimiters.append(
            Delimiter(
                marker=ord(sign),
                length=pairs_by_length,
                token=len(state.tokens) - 1,
                end=-1,
                open=flanks.can_open,
                close=flanks.can_close,
            )
        )
