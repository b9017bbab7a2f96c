"""Correct what was mistyped, where a search finds nothing."""

from dataclasses import replace
from typing import Final

from search.known_words import correction_of, is_said
from search.results import Results, find
from text.search_words import Query, Term

MOST_CORRECTED: Final = 4


def corrected(query: Query, **where: object) -> tuple[str, Results] | None:
    """Return another query that finds something, and what it finds: each word that finds nothing
    by itself is replaced by the known word that is most like it.
    """
    terms = list(query.terms)
    mistyped = [term for term in query.sought if _is_lonely(term)][:MOST_CORRECTED]
    for term in mistyped:
        other = correction_of(term.words[0])
        if other:
            typed = f"{other}*" if term.is_prefix else other
            terms[terms.index(term)] = Term((other,), typed, term.is_prefix)
    if terms == list(query.terms):
        return None
    results = find(replace(query, terms=tuple(terms)), **where)  # type: ignore[arg-type]
    return (" ".join(term.typed for term in terms), results) if results.number else None


def _is_lonely(term: Term) -> bool:
    return len(term.words) == 1 and not is_said(term.words[0])
