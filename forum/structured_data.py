"""A discussion in the vocabulary of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import Truncator

from articles.markdown import plain_text
from articles.structured_data import absolute, person
from forum.models import Comment
from forum.tree import Row

# The text stands on the page already; who wants more of it follows the address.
TEXT_CHARACTERS = 500


def comments(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The published comments of a page, each naming the one it answers."""
    return [_comment(row.comment) for row in rows if row.comment.is_published]


def _comment(comment: Comment) -> dict[str, Any]:
    address = absolute(comment.get_absolute_url())
    said: dict[str, Any] = {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": _author(comment),
        "datePublished": comment.created_at.isoformat(timespec="seconds"),
        "text": Truncator(plain_text(comment.html)).chars(TEXT_CHARACTERS),
    }
    if comment.parent_id:
        said["parentItem"] = {"@id": absolute(f"/comments/{comment.parent_id}/")}
    return said


def _author(comment: Comment) -> dict[str, Any]:
    known = comment.author if comment.author and comment.author.is_active else None
    return person(known) or {"@type": "Person", "name": comment.author_name}
