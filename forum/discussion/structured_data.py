"""Describe comments in the vocabulary of schema.org."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.urls import reverse

from articles.structured_data import absolute
from forum.discussion.models.comment import Comment
from forum.discussion.tree import Row
from text.visible import clip

# The whole text is on the page anyway.
TEXT_CHARACTERS = 500
CACHED_AUTHORS = 5_000


def comments(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the published comments of a page, each with its parent."""
    addresses = absolute(reverse("comment", args=[0])).removesuffix("0/")
    return [_comment(row.comment, addresses) for row in rows if row.comment.is_published]


def _comment(comment: Comment, addresses: str) -> dict[str, Any]:
    address = f"{addresses}{comment.pk}/"
    has_page = comment.author is not None and comment.author.is_active
    data: dict[str, Any] = {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": _author(comment.author_name, has_page),
        "datePublished": comment.created_at.isoformat(timespec="seconds"),
        "text": clip(comment.text, TEXT_CHARACTERS),
    }
    if comment.parent_id:
        data["parentItem"] = {"@id": f"{addresses}{comment.parent_id}/"}
    return data


@lru_cache(CACHED_AUTHORS)
def _author(name: str, has_page: bool) -> dict[str, Any]:
    person = {"@type": "Person", "name": name}
    if has_page:
        person["url"] = absolute(reverse("person", args=[name]))
    return person
