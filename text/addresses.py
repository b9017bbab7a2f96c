"""Addresses as browsers read them (the WHATWG URL standard): one canonical form, or none.

HTML, rules, spam, feed and email all use this form, so that no
two of them disagree about where a link leads.
"""

from functools import lru_cache
from typing import Final
from urllib.parse import unquote

import ada_url
import regex
from confusable_homoglyphs.categories import alias
from confusable_homoglyphs.confusables import confusables_data

from text.invisible import SHOWS_NOTHING

MAX_ADDRESS_LENGTH: Final = 2000
# Stands for the site itself: an address that leads here has no host of its own.
_BASE: Final = "https://site.invalid"
_WEB: Final = {"http:", "https:"}
_MAILTO: Final = regex.compile(r"mailto:[^\s@/?]+@[^\s@/?]+\.[^\s@/?]+(\?.*)?", regex.IGNORECASE)
_LABEL: Final = regex.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# "example.org" or "https://example.org/", wherever it stands in the words of a link.
_HOST_IN_TEXT: Final = regex.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*:[/\\]*|//)?(?P<user>[^\s/\\@]*@)?"
    r"[\p{L}\p{M}\p{N}_-]+(?:[.。．｡][\p{L}\p{M}\p{N}_-]+)*"
    r"[.。．｡](?(scheme)|(?=\p{L}))[\p{L}\p{M}\p{N}_-]+"
    r"(?:[:/\\?#]\S*)?",
    regex.IGNORECASE,
)
# What readers take for the dot of an address, and the parser of addresses does not.
_DOTS: Final = str.maketrans(dict.fromkeys("\u2024\ufe52\u0701\u0702\ua4f8\ua60e", "."))
# Scripts that people write together in one word, and those of signs that all scripts share.
_WRITTEN_TOGETHER: Final = {"HAN", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL", "LATIN"}
_SHARED: Final = {"COMMON", "INHERITED"}


def canonical(address: str) -> str:
    """Return the address in the form a browser follows, the absolute path of a page here, or "".

    Only the web and mail are led to. An address relative to
    the page it stands on has no canonical form.
    """
    address = address.strip("\x00\t\n\r\f ")
    if len(address) > MAX_ADDRESS_LENGTH:
        return ""
    try:
        return _absolute(ada_url.URL(address))
    except ValueError:
        return _path(address)


def host_of(address: str) -> str:
    """Return the host of a canonical address of the web, in ASCII; "" for all others."""
    try:
        parsed = ada_url.URL(address)
    except ValueError:
        return ""
    return str(parsed.hostname).rstrip(".") if parsed.protocol in _WEB else ""


def undisclosed_host(text: str, address: str) -> str:
    """Return where a link leads if its words name another
    place, or one that they only imitate; else "".
    """
    place, said = _place(address), SHOWS_NOTHING.sub("", text).translate(_DOTS)
    named = list(_HOST_IN_TEXT.finditer(said)) if place else []
    if not named:
        return ""
    is_plain = place in said.casefold() or not imitates(place)
    return "" if is_plain and all(_names(match, place) for match in named) else place


@lru_cache(1024)
def imitates(host: str) -> bool:
    """Return True if a label of the host mixes scripts, or reads as Latin letters and is not."""
    return any(_is_in_disguise(label) for label in ada_url.idna_to_unicode(host).split("."))


def _absolute(parsed: ada_url.URL) -> str:
    if parsed.protocol == "mailto:":
        return str(parsed.href) if _MAILTO.fullmatch(parsed.href) else ""
    if parsed.protocol not in _WEB:
        return ""
    host = str(parsed.hostname).rstrip(".")
    if not _is_host(host):
        return ""
    parsed.username = parsed.password = ""
    parsed.hostname = host
    return str(parsed.href)


def _path(address: str) -> str:
    """The path of a page here. What begins with two slashes is an address of somewhere else."""
    try:
        parsed = ada_url.URL(address, base=_BASE)
    except ValueError:
        return ""
    if parsed.origin != _BASE:
        return _absolute(parsed)
    begins_at_root = address.replace("\\", "/").startswith("/")
    path = str(parsed.href).removeprefix(_BASE)
    # "/.//host" would be another site's address once it is read again.
    return path if begins_at_root and not path.startswith("//") else ""


def _is_host(host: str) -> bool:
    return host.startswith("[") or (
        len(host) <= 253 and all(map(_LABEL.fullmatch, host.split(".")))
    )


def _place(address: str) -> str:
    """The host, or the address that mail goes to."""
    if address.startswith("mailto:"):
        return unquote(address.removeprefix("mailto:").partition("?")[0]).casefold()
    return host_of(address)


def _names(match: regex.Match[str], place: str) -> bool:
    """The words name this place, and not behind another name as in "https://bank.example@host"."""
    scheme = (match["scheme"] or "").casefold()
    if match["user"] and scheme in {"", "mailto:"}:
        return _place(canonical(f"mailto:{match[0].removeprefix(scheme)}")) == place
    host = _place(canonical(match[0] if ":" in scheme else f"https://{match[0].lstrip('/')}"))
    return not match["user"] and host.removeprefix("www.") == place.removeprefix("www.")


def _is_in_disguise(label: str) -> bool:
    if label.isascii():
        return False
    scripts = {alias(char) for char in label} - _SHARED
    if len(scripts) > 1 and not scripts <= _WRITTEN_TOGETHER:
        return True
    return all(char.isascii() or _has_latin_twin(char) for char in label)


def _has_latin_twin(char: str) -> bool:
    return alias(char) != "LATIN" and any(
        twin["c"].isascii() for twin in confusables_data.get(char, ())
    )
