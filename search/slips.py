"""Correct what was mistyped, where a search finds nothing."""

from dataclasses import replace
from typing import Final

from search.known_words import correction_of, is_said
from search.results import Results, find
from text.search_words import Query, Term, half_of, is_run

MOST_CORRECTED: Final = 4


def corrected(query: Query, **where: object) -> tuple[str, Results] | None:
    """Return another query that finds something, and what it finds: each term that finds nothing
    by itself is replaced by what is most like it.
    """
    terms = list(query.terms)
    mistyped = [term for term in query.sought if not is_said(term)][:MOST_CORRECTED]
    for term in mistyped:
        terms[terms.index(term)] = _alike(term) or term
    if terms == list(query.terms):
        return None
    results = find(replace(query, terms=tuple(terms)), **where)  # type: ignore[arg-type]
    return (" ".join(term.typed for term in terms), results) if results.number else None


def _alike(term: Term) -> Term | None:
    """Return a term with a known word, or with a half that is said of one without spaces."""
    if is_run(term):
        middle = len(term.words) // 2
        halves = (half_of(term, 0, middle), half_of(term, -middle, None))
        return next((half for half in halves if is_said(half)), None)
    word = correction_of(term.words[0]) if len(term.words) == 1 else ""
    typed = f"{word}*" if term.is_prefix else word
    return Term((word,), typed, term.is_prefix) if word else None
