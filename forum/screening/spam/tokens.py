"""Tokens that speak for or against spam: words, pairs of words, linked sites and signs of style.

A pair is two words with a space between, a linked site begins with "@", a sign of style with "#".
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from text.addresses import canonical, host_of
from text.invisible import SHOWS_NOTHING

# So many sites are looked at in one comment.
MOST_SITES: Final = 5
# A comment of fewer words that has a link is little but its link.
FEW_WORDS: Final = 12
MANY_WORDS: Final = 60
# Fewer letters say nothing by being capitals.
FEW_LETTERS: Final = 12
LONGEST_WORD: Final = 24

SHORTENERS: Final = frozenset(
    "adf.ly bit.ly buff.ly cutt.ly goo.gl is.gd ow.ly rb.gy rebrand.ly t.co t.ly tiny.cc "
    "tinyurl.com".split()
)
# Where neither "https://" nor "www." says that something is an address.
TOP_LEVELS: Final = (
    "app biz club cn co com de eu fr gd gg gl info io link live ly me net online org ru shop site"
    " tk top tv uk xyz"
)

_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>\"']+|(?<![@\w.-])\w[\w-]*(?:\.[\w-]+)*\."
    rf"(?:{TOP_LEVELS.replace(' ', '|')})(?![\w@-])",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# What a sign looks like, and what a text that has it contains in any case, which is found faster.
_SIGNS: Final = {
    "#mail address": ("@", re.compile(r"(?<=\w)@[\w-]+\.\w")),
    "#phone number": ("", re.compile(r"(?<!\d)\+?\d(?:[ ().-]{0,2}\d){8,14}(?!\d)")),
    "#sum of money": ("", re.compile(r"[$€£₹] ?\d|\d ?[€$£₹]")),
    "#exclamations": ("!", re.compile(r"!!!|![^!]*![^!]*!")),
}
_MARKUP: Final = re.compile(r"<a\s|\[url|\]\(http", re.IGNORECASE)


def tokens(said: str, source: str = "") -> set[str]:
    """Return the tokens of a text as Comment.judged gives it.

    The Markdown source adds how links are written.
    """
    text = readable(said)
    chunks = text.split()
    linked = _sites(chunks)
    spoken = words(
        " ".join(_ADDRESS.sub(" ", chunk) if "." in chunk else chunk for chunk in chunks)
    )
    pairs = map(" ".join, pairwise(spoken))
    signs = {*_signs(text, source, spoken), *_signs_of_links(spoken, linked)}
    return {*spoken, *pairs, *(f"@{site}" for site in linked), *signs}


def readable(body: str) -> str:
    """Letters for those that only look like them; without characters that nobody sees."""
    return str(SHOWS_NOTHING.sub("", unicodedata.normalize("NFKC", body)))


def words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _WORD.findall(text.casefold().replace("’", "'"))]


def sites(body: str) -> list[str]:
    """The domains that a comment links to, without "www.", each once."""
    return _sites(readable(body).split())


def _sites(chunks: list[str]) -> list[str]:
    addresses = [address for chunk in chunks if "." in chunk for address in _ADDRESS.findall(chunk)]
    found = map(_site, dict.fromkeys(addresses))
    return list(islice(dict.fromkeys(filter(None, found)), MOST_SITES))


def _site(address: str) -> str:
    whole = address if "://" in address else f"https://{address}"
    host = whole.split("/")[2].rstrip(".,;:!*_)]'")
    return host_of(canonical(f"https://{host}")).removeprefix("www.")


def _signs(text: str, source: str, said: list[str]) -> Iterator[str]:
    yield from (
        sign for sign, (hint, pattern) in _SIGNS.items() if hint in text and pattern.search(text)
    )
    if _MARKUP.search(source or text):
        yield "#markup"
    letters = sum(map(str.isalpha, text))
    if letters >= FEW_LETTERS and sum(map(str.isupper, text)) > letters / 2:
        yield "#capitals"
    if len(said) >= FEW_WORDS and len(set(said)) < len(said) / 2:
        yield "#repeats itself"
    if len(said) > MANY_WORDS:
        yield "#long"


def _signs_of_links(said: list[str], linked: list[str]) -> Iterator[str]:
    if linked:
        yield "#link"
    if linked and len(said) < FEW_WORDS:
        yield "#link and few words"
    if len(linked) > 2:
        yield "#many links"
    if not SHORTENERS.isdisjoint(linked):
        yield "#shortened link"
