"""Read the comments that came after one that the reader has seen."""

from dataclasses import dataclass
from typing import Any

from forum.discussion.display import CHARACTERS_PER_PAGE, for_display, take_characters
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.tree import DEEPEST_LEVEL, Row

NEWER_PER_PAGE = 50


@dataclass
class NewerPage:
    rows: list[Row]
    next_cursor: int | None = None


def newest_in(discussion: Discussion) -> int | None:
    """Return the key of the newest comment."""
    return discussion.comments.order_by("-pk").values_list("pk", flat=True).first()


def newer_page(discussion: Discussion, *, since: int, person: Any = None) -> NewerPage:
    """Return what others wrote here behind the comment with this key, in the order of keys."""
    newer = for_display(person).filter(
        discussion=discussion.pk, status=Comment.Status.PUBLISHED, pk__gt=since, imported_at=None
    )
    if person is not None and person.is_authenticated:
        newer = newer.exclude(author=person)
    comments = list(newer.order_by("pk")[: NEWER_PER_PAGE + 1])
    if not comments:
        return NewerPage([])
    first, *others = comments[:NEWER_PER_PAGE]
    shown = [first, *take_characters(CHARACTERS_PER_PAGE, first, others)]
    next_cursor = shown[-1].pk if len(comments) > len(shown) else None
    return NewerPage(_rows(shown), next_cursor)


def _rows(comments: list[Comment]) -> list[Row]:
    """Return the comments as rows of one list, each with the parent that it replies to."""
    keys = {comment.parent_id for comment in comments} - {None}
    parents = Comment.objects.select_related("author").in_bulk(keys)
    above = {pk: Row(parent, None, DEEPEST_LEVEL) for pk, parent in parents.items()}
    return [Row(comment, above.get(comment.parent_id), 0) for comment in comments]


def count_between(comment: Comment, *, seen: int) -> int:
    """Count the comments by others behind the one with this key and before this
    one, up to one page of them.
    """
    between = Comment.objects.filter(
        discussion=comment.discussion_id, pk__gt=seen, pk__lt=comment.pk, imported_at=None
    ).order_by("pk")
    statuses = between.values_list("status", "author")[: NEWER_PER_PAGE + 1]
    return sum(
        status == Comment.Status.PUBLISHED and author != comment.author_id
        for status, author in statuses
    )
