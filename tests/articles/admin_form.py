"""The fields that the page of an article in the admin sends."""

from typing import Any

from articles.models import Article


def form(article: Article | None = None, **changes: Any) -> dict[str, Any]:
    """Return the form of an article as its page sends it, with its facts and questions."""
    fields = {
        "title": "Why bread rises",
        "slug": article.slug if article else "",
        "body": "Yeast breathes.",
        "short_answer": "",
        "facts_heading": "",
        "status": "draft",
        "published_at_0": "",
        "published_at_1": "",
        "topic": "",
        "author": "",
        **rows("facts", article.facts.all() if article else []),
        **rows("faq", article.faq.all() if article else []),
    }
    return fields | changes


def rows(prefix: str, found: Any) -> dict[str, Any]:
    names = {
        "facts": ("position", "label", "value", "text", "source", "source_url"),
        "faq": ("position", "question", "slug", "answer"),
    }
    fields: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(found),
        f"{prefix}-INITIAL_FORMS": len(found),
    }
    for number, row in enumerate(found):
        fields |= {f"{prefix}-{number}-{name}": getattr(row, name) for name in names[prefix]}
        fields[f"{prefix}-{number}-id"] = row.pk
    return fields


def added(prefix: str, *several: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(several), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(several):
        fields |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return fields


def change(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"
