"""The readings of a discussion: each is bounded in rows and in queries, whatever the size and shape."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from forum.models import Comment, Discussion
from forum.tree import Row, arrange

THREADS_PER_PAGE = 20
COMMENTS_PER_PAGE = 60
REPLIES_PER_THREAD = 20
# A comment's own page looks so far for its answers, and shows so many.
REPLIES_LOOKED_AT = 200
REPLIES_PER_COMMENT_PAGE = 60
COMMENTS_PER_PERSON_PAGE = 30

NEWEST, OLDEST = "newest", "oldest"
SORTINGS = (NEWEST, OLDEST)


@dataclass
class DiscussionPage:
    discussion: Discussion
    sort: str
    rows: list[Row] = field(default_factory=list)
    next_cursor: int | None = None
    is_first: bool = True


@dataclass
class CommentPage:
    comment: Comment
    ancestors: list[Comment]
    rows: list[Row]
    next_cursor: int | None = None


def discussion_page(discussion: Discussion, *, sort: str = NEWEST, after: int | None = None) -> DiscussionPage:
    """Threads by cursor (the key of the last one seen), each with its first replies."""
    page = DiscussionPage(discussion, sort if sort in SORTINGS else NEWEST, is_first=after is None)
    if discussion.pk is None:
        return page
    heads, page.next_cursor = _heads(discussion, page.sort, after)
    replies = _first_replies(head.pk for head in heads if head.reply_count)
    for head in heads:
        page.rows += _thread(head, replies[head.pk])
    return page


def comment_page(comment: Comment, *, after: int | None = None) -> CommentPage:
    """A comment with those it answers and those that answer it; the replies go on by cursor."""
    ancestors = Comment.objects.filter(pk__in=comment.lineage).select_related("author").order_by("pk")
    shown, next_cursor = _replies_to(comment, after or comment.pk)
    rows = arrange([comment, *shown] if after is None else shown)
    return CommentPage(comment, list(ancestors), rows, next_cursor)


def person_page(person: Any, *, after: int | None = None) -> tuple[list[Comment], int | None]:
    comments = Comment.objects.published().filter(author=person).select_related("discussion__article")
    if after:
        comments = comments.filter(pk__lt=after)
    found = list(comments.order_by("-pk")[: COMMENTS_PER_PERSON_PAGE + 1])
    shown = found[:COMMENTS_PER_PERSON_PAGE]
    return shown, shown[-1].pk if len(found) > len(shown) else None


def place_of(comment: Comment) -> str:
    """The address of the page on which the discussion shows the comment; its own page where none does."""
    head = comment.root or comment
    article = comment.discussion.article.get_absolute_url()
    if Comment.objects.filter(root=head, pk__lte=comment.pk)[: REPLIES_PER_THREAD + 1].count() > REPLIES_PER_THREAD:
        return comment.get_absolute_url()
    heads, _ = _heads(comment.discussion, NEWEST, None)
    query = "" if head in heads else f"?after={head.pk + 1}"
    return f"{article}{query}#c{comment.pk}"


def _thread(head: Comment, replies: list[Comment]) -> list[Row]:
    rows = arrange([head, *replies])
    if rows:
        rows[-1].rest = head.reply_count - rows[0].replies
        rows[-1].rest_after = max(comment.pk for comment in [head, *replies])
    return rows


def _heads(discussion: Discussion, sort: str, after: int | None) -> tuple[list[Comment], int | None]:
    """The first comments of the page's threads, and the cursor of the page behind it."""
    heads = Comment.objects.filter(discussion=discussion, parent=None).with_a_place().select_related("author")
    if after is not None:
        heads = heads.filter(pk__gt=after) if sort == OLDEST else heads.filter(pk__lt=after)
    found = list(heads.order_by("pk" if sort == OLDEST else "-pk")[: THREADS_PER_PAGE + 1])
    shown = found[: _threads_that_fit(found)]
    return shown, shown[-1].pk if len(found) > len(shown) else None


def _threads_that_fit(heads: list[Comment]) -> int:
    comments = 0
    for number, head in enumerate(heads[:THREADS_PER_PAGE]):
        if comments >= COMMENTS_PER_PAGE:
            return number
        comments += 1 + min(head.reply_count, REPLIES_PER_THREAD)
    return THREADS_PER_PAGE


def _first_replies(heads: Iterable[int]) -> dict[int | None, list[Comment]]:
    by_thread: dict[int | None, list[Comment]] = defaultdict(list)
    keys = list(heads)
    if not keys:
        return by_thread
    number = Window(RowNumber(), partition_by=F("root"), order_by="pk")
    replies = Comment.objects.filter(root__in=keys).annotate(number=number).filter(number__lte=REPLIES_PER_THREAD)
    for reply in replies.select_related("author").order_by("pk"):
        by_thread[reply.root_id].append(reply)
    return by_thread


def _replies_to(comment: Comment, after: int) -> tuple[list[Comment], int | None]:
    """Comments below this one, oldest first, and the cursor of those behind them."""
    thread = Comment.objects.filter(root=comment.root_id or comment.pk, pk__gt=after).select_related("author")
    size = REPLIES_LOOKED_AT if comment.root_id else REPLIES_PER_COMMENT_PAGE
    found = list(thread.order_by("pk")[: size + 1])
    next_cursor = found[size - 1].pk if len(found) > size else None
    below = {comment.pk}
    for reply in found[:size]:
        if reply.parent_id in below or comment.pk in (reply.root_id, *reply.lineage):
            below.add(reply.pk)
    return [reply for reply in found[:size] if reply.pk in below], next_cursor
