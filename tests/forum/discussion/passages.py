"""Helpers for tests of comments about passages."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from articles.models import Article
from articles.writing import render_and_save
from forum.models import Comment

NOON, RISING = "Stand on a harbour wall at noon.", "The tide will still be rising."
PAGE, PASSAGE, ADDRESS = (
    "/articles/high-tide/",
    "/articles/high-tide/passages/p-1/",
    "/articles/high-tide/comments/",
)

Say = Callable[..., Comment]


def rewrite(article: Article, *paragraphs: str) -> None:
    article.body = "\n\n".join(paragraphs)
    render_and_save(article)


def read(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address, follow=True).content.decode()


def form(**words: Any) -> dict[str, Any]:
    return {"body": "Which wall?", "key": "k1", "passage": "p-1", "passage_edition": 1, **words}


# --- Beside the passage ---
