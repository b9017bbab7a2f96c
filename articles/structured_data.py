"""Structured data of an article in the vocabulary of schema.org."""

import json
from collections.abc import Iterable
from textwrap import shorten
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article, FAQEntry, byline_of
from text.markdown import plain_text

# The answers are repeated up to this length in all: every reader pays
# for it, and nothing on the page depends on it.
FAQ_CHARACTERS = 2000
# An answer beyond that is cut to its beginning.
SHORT_ANSWER_CHARACTERS = 100
# No text can end the script element it stands in.
ESCAPES = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


def article_graph(
    article: Article,
    faq: Iterable[FAQEntry],
    *,
    comment_count: int = 0,
    comments: Iterable[dict[str, Any]] = (),
) -> dict[str, Any]:
    """One graph of the page; its comments come from whoever
    knows them, each as a Comment of schema.org.
    """
    about = {**_article(article), "commentCount": comment_count, "comment": list(comments)}
    parts = [about, _breadcrumbs(article), _faq(faq)]
    return {
        "@context": "https://schema.org",
        "@graph": [_without_gaps(part) for part in parts if part],
    }


def person(who: Any) -> dict[str, Any] | None:
    """An author who has a page here."""
    return (
        {"@type": "Person", "name": str(who), "url": absolute(who.get_absolute_url())}
        if who
        else None
    )


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def as_script(graph: dict[str, Any]) -> SafeString:
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in ESCAPES.items():
        text = text.replace(sign, escaped)
    return format_html('<script type="application/ld+json">{}</script>', SafeString(text))


def _article(article: Article) -> dict[str, Any]:
    address = absolute(article.get_absolute_url())
    return {
        "@type": "Article",
        "@id": f"{address}#article",
        "url": address,
        "headline": article.title,
        "description": article.description,
        "author": _authors(article),
        "datePublished": article.published_at.isoformat(timespec="seconds")
        if article.published_at
        else None,
        "dateModified": article.updated_at.isoformat(timespec="seconds"),
        "articleSection": article.topic.name if article.topic else None,
    }


def _authors(article: Article) -> Any:
    """Return the authors: one by itself, as most readers of such data expect it."""
    authors = [
        person(each.person)
        or {"@type": "Person", "name": each.name, **({"url": each.url} if each.url else {})}
        for each in byline_of(article)
    ]
    return authors[0] if len(authors) == 1 else authors


def _breadcrumbs(article: Article) -> dict[str, Any]:
    places = [(_("Home"), reverse("home"))]
    if article.topic:
        places.append((article.topic.name, article.topic.get_absolute_url()))
    places.append((article.title, article.get_absolute_url()))
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(path)}
        for number, (name, path) in enumerate(places, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _faq(faq: Iterable[FAQEntry]) -> dict[str, Any]:
    questions: list[dict[str, Any]] = []
    characters_left = FAQ_CHARACTERS
    for entry in faq:
        answer = shorten(
            plain_text(entry.answer_html),
            max(characters_left, SHORT_ANSWER_CHARACTERS),
            placeholder=" …",
        )
        characters_left -= len(entry.question) + len(answer)
        accepted = {"@type": "Answer", "text": answer}
        questions.append({"@type": "Question", "name": entry.question, "acceptedAnswer": accepted})
    return {"@type": "FAQPage", "mainEntity": questions} if questions else {}


def _without_gaps(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if value not in (None, "", [])}
