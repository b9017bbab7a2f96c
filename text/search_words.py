"""The words that a search compares: of a text that is stored, and of what somebody looks for. Pure.

Case, accents, forms of characters and look-alike letters are folded (text.folding). Scripts that
are written without spaces, and Korean, become pairs of characters, so that a part of a sentence is
found. No input raises.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

import regex

from text.folding import folded
from text.invisible import SHOWS_NOTHING

# PostgreSQL knows 16,383 positions of a text, and 255 of a word.
MOST_WORDS: Final = 16_000
MOST_OCCURRENCES: Final = 200
LONGEST_WORD: Final = 40  # characters; the rest is cut off, of stored and of asked words
LONGEST_TEXT: Final = 200_000  # characters
LONGEST_QUERY: Final = 200
MOST_TERMS: Final = 12
SHORTEST_PREFIX: Final = 3  # letters: more words begin with fewer than a search should read

PAIRED: Final = "".join(
    rf"\p{{{script}}}"
    for script in (
        *("Han", "Hiragana", "Katakana", "Bopomofo", "Hangul"),
        *("Thai", "Lao", "Khmer", "Myanmar"),
    )
)
_PARTS: Final = regex.compile(rf"(?V1)(?P<paired>[{PAIRED}ー]+)|[^{PAIRED}ー]+")
_TERM: Final = regex.compile(r'(?P<out>-?)"(?P<phrase>[^"]*)(?:"|$)(?P<more>\*?)|(?P<word>[^\s"]+)')
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂「」『』", '"'))


@dataclass(frozen=True)
class Term:
    """Words that stand one behind the other."""

    words: tuple[str, ...]
    typed: str
    is_prefix: bool = False  # of its last word
    is_excluded: bool = False


@dataclass(frozen=True)
class Query:
    terms: tuple[Term, ...] = ()

    @property
    def sought(self) -> list[Term]:
        return [term for term in self.terms if not term.is_excluded]

    @property
    def is_empty(self) -> bool:
        """True if nothing is sought: no words, or only words to leave out."""
        return not self.sought


def search_words(*texts: str) -> str:
    """Return the words of texts, in their order, for a column that is searched."""
    counts: Counter[str] = Counter()
    words: list[str] = []
    for text in texts:
        for word in _words(text[:LONGEST_TEXT]):
            counts[word] += 1
            if counts[word] <= MOST_OCCURRENCES:
                words.append(word)
    return " ".join(words[:MOST_WORDS])


def parse_query(text: str) -> Query:
    """Return what is sought: words, "phrases in quotes", -excluded ones, beginnings of words*."""
    text = text.translate(_QUOTES)[:LONGEST_QUERY]
    terms = (_term(match) for match in _TERM.finditer(text))
    found = dict.fromkeys(term for term in terms if term.words)
    return Query(tuple(found)[:MOST_TERMS])


def is_run(term: Term) -> bool:
    """Return True for three characters or more of scripts that are read in pairs."""
    return len(term.words) > 1 and all(map(_is_paired, term.words))


def half_of(term: Term, begin: int, end: int | None) -> Term:
    """Return some of the pairs of a run."""
    words = term.words[begin:end]
    return Term(words, words[0] + "".join(word[-1] for word in words[1:]))


def _term(match: "regex.Match[str]") -> Term:
    typed, phrase = match["word"], match["phrase"]
    if phrase is not None:
        is_excluded, is_prefix, text = match["out"] == "-", match["more"] == "*", phrase
    else:
        is_excluded, is_prefix = typed[0] in "-−" and len(typed) > 1, typed.endswith("*")
        text = typed
    words = [*_words(text, of_query=True)]
    last = words[-1] if words else ""
    is_character = len(last) == 1 and _is_paired(last)
    is_long = len(last) >= SHORTEST_PREFIX or _is_paired(last[:1])
    return Term(tuple(words), match[0], is_character or (is_prefix and is_long), is_excluded)


def _words(text: str, *, of_query: bool = False) -> Iterator[str]:
    """Yield the words. A stored text has the last character of a run, too, so that each character
    begins a word.
    """
    for part in _PARTS.finditer(SHOWS_NOTHING.sub("", normalize("NFKC", text))):
        if not part["paired"]:
            yield from (word[:LONGEST_WORD] for word in folded(part[0]).split())
            continue
        run = part[0]
        yield from (run[at : at + 2] for at in range(len(run) - 1))
        if not of_query or len(run) == 1:
            yield run[-1]


def _is_paired(char: str) -> bool:
    match = _PARTS.match(char)
    return match is not None and bool(match["paired"])
