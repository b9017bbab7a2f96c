"""Emphasis for people who type plain text: a sign inside of a word or beside a space marks nothing."""

from typing import Final, NamedTuple

import regex
from markdown_it.rules_inline import StateInline, backtick
from markdown_it.rules_inline.state_inline import Delimiter

# How many of a sign make it markup: *one*, **two**, ***both***, _one_, ~~two~~.
_LENGTHS: Final = {"*": {1, 2, 3}, "_": {1}, "~": {2}}
# Scripts without spaces between words, or with endings written right behind them: a sign may stand anywhere.
_UNSPACED: Final = regex.compile(
    r"[\p{East_Asian_Width=W}\p{East_Asian_Width=F}\p{East_Asian_Width=H}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]"
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


def emphasis(state: StateInline, silent: bool) -> bool:
    """Rule for the Markdown parser: marks what the parser's own rules then pair."""
    run = _RUN.match(state.src, state.pos, state.posMax)
    if silent or not run:
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
    """Return what a run of signs may do; other signs right beside it are part of the same markup."""
    before = text[max(start - _LOOKS_PAST, 0) : start].rstrip(_SIGNS)[-1:] or " "
    after = text[end : end + _LOOKS_PAST].lstrip(_SIGNS)[:1] or " "
    is_unspaced = bool(_UNSPACED.match(before) or _UNSPACED.match(after))
    starts, ends = _SPACE.match(before), _SPACE.match(after)
    return Flanks(
        can_open=not ends and bool(starts or is_unspaced or _OPENING.match(before)),
        can_close=not starts and bool(ends or is_unspaced or _CLOSING.match(after)),
    )


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
