"""Read comments with all that a page shows of them, and no more characters than a page may have."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from forum.discussion.models.comment import Comment

CHARACTERS_PER_PAGE = 200_000

# A page shows these columns, or is put in order by them.
COLUMNS = (
    "discussion",
    "parent",
    "root",
    "depth",
    "reply_number",
    "sibling_number",
    "child_count",
    "reply_count",
    "rank",
    "latest_author_reply",
    "html",
    "visible_text",
    "kind",
    "status",
    "status_at",
    "removal_reason",
    "created_at",
    "imported_at",
    "edited_at",
    "picked_at",
    "helpful",
    "unhelpful",
    "author__username",
    "author__is_active",
    "author__is_staff",
    "passage_edition",
    "passage_words",
    "passage__anchor",
    "passage__edition",
    "passage__gone_at",
    "passage__kind",
)


def for_display(person: Any) -> "QuerySet[Comment]":
    """Return comments with all that a page shows of them, and the vote of the person who reads."""
    return for_display_to(key_of(person))


def for_display_to(reader: int | None) -> "QuerySet[Comment]":
    comments = Comment.objects.order_by().select_related("author", "passage").only(*COLUMNS)
    return comments.with_vote_of(reader)


def key_of(person: Any) -> int | None:
    return person.pk if person is not None else None


def take_characters(characters: int, head: Comment, replies: list[Comment]) -> Iterable[Comment]:
    """Yield replies until they have so many characters with the head: the last one is whole."""
    left = characters - len(head.html)
    for reply in replies:
        if left <= 0:
            return
        left -= len(reply.html)
        yield reply
