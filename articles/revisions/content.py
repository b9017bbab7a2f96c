"""The content of a revision as JSON.

It holds no names of people: bylines are not part of it, so that a deleted person is in no revision.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from articles.models import Article, Fact, FAQEntry

Content = dict[str, Any]

TEXTS = ("title", "short_answer", "body", "facts_heading")
FACT = ("label", "value", "text", "source", "source_url", "as_of")
QUESTION = ("question", "slug", "answer")


def content_of(article: Article, facts: Iterable[Fact], faq: Iterable[FAQEntry]) -> Content:
    """Return {"title": …, "body": …, …, "sources": […], "facts": [{"id": …, "label": …}, …],
    "faq": [{"id": …, "question": …}, …]}; dates are written as YYYY-MM-DD.
    """
    return {
        **{name: getattr(article, name) for name in TEXTS},
        "sources": article.sources,
        "facts": [_row(fact, FACT) for fact in facts],
        "faq": [_row(entry, QUESTION) for entry in faq],
    }


def facts_in(content: Content) -> list[Fact]:
    return [_fact(row) for row in content["facts"]]


def questions_in(content: Content) -> list[FAQEntry]:
    return [FAQEntry(pk=row["id"], **_only(row, QUESTION)) for row in content["faq"]]


def _fact(row: dict[str, Any]) -> Fact:
    fact = Fact(pk=row["id"], **_only(row, FACT))
    fact.as_of = date.fromisoformat(row["as_of"]) if row["as_of"] else None
    return fact


def _row(row: Fact | FAQEntry, names: tuple[str, ...]) -> dict[str, Any]:
    said = {name: getattr(row, name) for name in names}
    if said.get("as_of"):
        said["as_of"] = said["as_of"].isoformat()
    return {"id": row.pk, **said}


def _only(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: row[name] for name in names}
