"""Read the page of one comment: its ancestors and its replies."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from forum.discussion.display import CHARACTERS_PER_PAGE, for_display, take_characters
from forum.discussion.models.comment import Comment
from forum.discussion.tree import Row, arrange

# Direct replies, and the first replies to each of these on the levels below.
ANSWERS_PER_PAGE = 30
ANSWERS_BELOW = 3
LEVELS_BELOW = 2
REPLIES_PER_THREAD_PAGE = 60


@dataclass
class CommentPage:
    comment: Comment
    ancestors: list[Comment]
    rows: list[Row]
    next_cursor: int | None = None


def comment_page(comment: Comment, *, after: int = 0, person: Any = None) -> CommentPage:
    """Return a comment with its nearest ancestors and the replies behind the cursor.

    Below the first comment of a thread all of the thread is read, in the order of time. Below
    another comment its direct replies are read, with the first replies to each of them.
    """
    ancestors = Comment.objects.filter(pk__in=comment.ancestor_ids).select_related("author")
    read = _replies if comment.root_id else _thread
    rows, next_cursor = read(comment, after, person)
    return CommentPage(comment, list(ancestors.order_by("pk")), rows, next_cursor)


def _thread(head: Comment, after: int, person: Any) -> tuple[list[Row], int | None]:
    thread = for_display(person).filter(root=head.pk, reply_number__gt=after)
    replies = list(thread.order_by("reply_number")[: REPLIES_PER_THREAD_PAGE + 1])
    fitting = take_characters(CHARACTERS_PER_PAGE, head, replies[:REPLIES_PER_THREAD_PAGE])
    shown = list(fitting)
    rows = arrange(shown if after else [head, *shown])
    return rows, shown[-1].reply_number if len(replies) > len(shown) else None


def _replies(comment: Comment, after: int, person: Any) -> tuple[list[Row], int | None]:
    comments = for_display(person)
    direct = comments.filter(parent=comment.pk, sibling_number__gt=after)
    replies = list(direct.order_by("sibling_number")[: ANSWERS_PER_PAGE + 1])
    shown = list(take_characters(CHARACTERS_PER_PAGE, comment, replies[:ANSWERS_PER_PAGE]))
    level, on_page = shown, shown if after else [comment, *shown]
    for _ in range(LEVELS_BELOW):
        parents = [reply.pk for reply in level if reply.child_count]
        if not parents:
            break
        level = list(comments.filter(parent__in=parents, sibling_number__lte=ANSWERS_BELOW))
        on_page = [*on_page, *level]
    rows = arrange(sorted(on_page, key=lambda each: each.pk))
    _mark_more_replies(rows, comment)
    return rows, shown[-1].sibling_number if len(replies) > len(shown) else None


def _mark_more_replies(rows: list[Row], comment: Comment) -> None:
    """Mark the comments of which some replies are on their own pages only."""
    shown: dict[int | None, int] = defaultdict(int)
    for row in rows:
        shown[row.comment.parent_id] += 1
    for row in rows:
        is_other = row.comment.pk != comment.pk
        row.has_more_replies = is_other and row.comment.child_count > shown[row.comment.pk]
