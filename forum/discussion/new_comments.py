"""What was written behind a comment that somebody knows already."""

from dataclasses import dataclass
from typing import Any

from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.pages import CHARACTERS_PER_PAGE, to_print, within
from forum.discussion.tree import DEEPEST_LEVEL, Row

NEWER_PER_PAGE = 50


@dataclass
class NewerPage:
    rows: list[Row]
    next_cursor: int | None = None


def newest_in(discussion: Discussion) -> int | None:
    """The key of the newest comment."""
    return discussion.comments.order_by("-pk").values_list("pk", flat=True).first()


def newer_page(discussion: Discussion, *, since: int, person: Any = None) -> NewerPage:
    """What others wrote here behind the comment with this
    key, as it came; each row knows what it answers.
    """
    newer = to_print(person).filter(
        discussion=discussion.pk, status=Comment.Status.PUBLISHED, pk__gt=since
    )
    newer = newer.filter(imported_at=None)
    if person is not None and person.is_authenticated:
        newer = newer.exclude(author=person)
    found = list(newer.order_by("pk")[: NEWER_PER_PAGE + 1])
    shown = (
        [*found[:1], *within(CHARACTERS_PER_PAGE, found[0], found[1:NEWER_PER_PAGE])]
        if found
        else []
    )
    answered = Comment.objects.select_related("author").in_bulk(
        {each.parent_id for each in shown} - {None}
    )
    parents = {pk: Row(comment, None, DEEPEST_LEVEL) for pk, comment in answered.items()}
    rows = [Row(comment, parents.get(comment.parent_id), 0) for comment in shown]
    return NewerPage(rows, shown[-1].pk if len(found) > len(shown) else None)


def came_between(comment: Comment, *, seen: int) -> int:
    """How many comments by others appeared behind the one with this
    key and before this one, counted for one page.
    """
    between = Comment.objects.filter(
        discussion=comment.discussion_id, pk__gt=seen, pk__lt=comment.pk, imported_at=None
    ).order_by("pk")
    statuses = between.values_list("status", "author")[: NEWER_PER_PAGE + 1]
    return sum(
        status == Comment.Status.PUBLISHED and author != comment.author_id
        for status, author in statuses
    )
