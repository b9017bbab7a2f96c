"""Whole addresses in running text become links: where one ends is decided by Unicode classes."""

from typing import Final

import regex
from markdown_it.rules_inline import StateInline

from text.addresses import MAX_ADDRESS_LENGTH

_SCHEME: Final = regex.compile(r"(?<![A-Za-z0-9.+-])https?$", regex.IGNORECASE)
# An address goes on through ASCII, letters, digits and symbols of all scripts. It ends before
# spaces, characters that show nothing (also written as entities), pictographs, and the quotes,
# brackets, dashes and full stops beyond ASCII.
_ADDRESS: Final = regex.compile(
    r"""(?V1)https?://(?:
        [[\p{ASCII}]--[\p{C}\p{Z}<>"`|\\&]]++
        | &(?:amp;|(?!(?:\#x?[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});))
        | [^\p{ASCII}\p{C}\p{Z}\p{P}\p{Extended_Pictographic}\p{Emoji_Presentation}\p{Me}\p{DI}]++
        | [’·‐‑–](?=[\p{L}\p{N}])
        | [‿⁀]
    )++""",
    regex.IGNORECASE | regex.VERBOSE,
)
_BRACKET: Final = regex.compile(r"[()\[\]{}]")
_OPENED_BY: Final = {")": "(", "]": "[", "}": "{"}
# Punctuation of the sentence around it.
_TRAILING: Final = ".,;:!?'*_~&"


def autolink(state: StateInline, silent: bool) -> bool:
    """Rule for the Markdown parser, called at the ":" of
    "https://". An address that no browser follows is text.
    """
    if state.src[state.pos] != ":" or state.linkLevel:
        return False
    scheme = _SCHEME.search(state.src, max(state.pos - 6, 0), state.pos)
    typed = address_at(state.src, scheme.start()) if scheme else ""
    if (
        not scheme
        or len(typed) <= len(scheme[0])
        or not (silent or state.pending.endswith(scheme[0]))
    ):
        return False
    if not silent:
        _push(state, typed, len(scheme[0]))
    state.pos = scheme.start() + len(typed)
    return True


def address_at(text: str, start: int) -> str:
    """Return the address that begins here as it was typed.
    One that is too long is taken whole: as text.
    """
    match = _ADDRESS.match(text, start, min(len(text), start + MAX_ADDRESS_LENGTH + 1))
    typed = match[0] if match else ""
    return typed if len(typed) > MAX_ADDRESS_LENGTH else _balanced(typed).rstrip(_TRAILING)


def _balanced(address: str) -> str:
    """The address up to a bracket that was opened before it."""
    opened = dict.fromkeys(_OPENED_BY.values(), 0)
    for bracket in _BRACKET.finditer(address):
        opener = _OPENED_BY.get(bracket[0], bracket[0])
        opened[opener] += 1 if bracket[0] == opener else -1
        if opened[opener] < 0:
            return address[: bracket.start()]
    return address


def _push(state: StateInline, typed: str, scheme_length: int) -> None:
    address = typed.replace("&amp;", "&")
    href = state.md.normalizeLink(address)
    if not href:
        state.append_pending(address[scheme_length:])
        return
    state.pending = state.pending[:-scheme_length]
    opening = state.push("link_open", "a", 1)
    opening.attrs, opening.info = {"href": href}, "auto"
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1).info = "auto"
