"""Read a page of a discussion: bounded in rows, bytes and queries, whatever its size and shape."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise, zip_longest
from typing import Any

from django.db.models import F, QuerySet

from articles.models import Passage
from database.keyset import Cursor, format_cursor
from database.prepared import PreparedQuery, param
from forum.discussion.display import CHARACTERS_PER_PAGE, for_display_to, key_of, take_characters
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.visit import Visit
from forum.discussion.sorting import BEST, SORTINGS, Sorting
from forum.discussion.tree import Row, arrange

THREADS_PER_PAGE = 20
# A page takes no further thread once it has so many comments, or CHARACTERS_PER_PAGE.
COMMENTS_PER_PAGE = 60
REPLIES_PER_THREAD = 20

Thread = tuple[Comment, list[Comment]]  # the first comment, and its first replies


@dataclass
class DiscussionPage:
    discussion: Discussion
    sorting: Sorting
    after: str = ""  # the cursor behind which it begins
    rows: list[Row] = field(default_factory=list)
    next_cursor: str = ""
    new: list[Row] = field(default_factory=list)  # since the reader's last visit

    @property
    def is_first(self) -> bool:
        return not self.after


def discussion_page(
    discussion: Discussion,
    *,
    sorting: Sorting = BEST,
    after: Cursor | None = None,
    person: Any = None,
    about: Passage | None = None,
) -> DiscussionPage:
    """Return the threads behind the cursor with their first replies, read by one query.

    `about` leaves only the threads about one passage.
    """
    page = DiscussionPage(discussion, sorting, format_cursor(after))
    if discussion.pk is None:
        return page
    threads = list(_threads(discussion, sorting, after, key_of(person), about))
    shown = list(_threads_that_fit(threads))
    for head, replies in shown:
        page.rows += _rows_of(head, replies)
    _link_threads(page.rows)
    page.new = _mark_new(page.rows, discussion.visit)
    if shown and len(threads) > len(shown):
        page.next_cursor = sorting.cursor_at(shown[-1][0])
    return page


def _threads(
    discussion: Discussion,
    sorting: Sorting,
    after: Cursor | None,
    reader: int | None,
    about: Passage | None,
) -> Iterator[Thread]:
    """Yield the threads of a page, and one more if there is one."""
    if about:
        comments = _comments_of_threads(
            sorting, discussion=discussion.pk, cursor=after, reader=reader, about=about
        )
    else:
        query = THREADS[sorting.name, after is not None, reader is not None]
        comments = query.objects(discussion.pk, reader or 0, *(after or ()))
    for _, thread in groupby(comments, key=lambda comment: comment.root_id or comment.pk):
        head, *replies = thread
        yield head, replies


def _comments_of_threads(
    sorting: Sorting,
    *,
    discussion: int,
    cursor: Cursor | None,
    reader: int | None,
    about: Passage | None = None,
) -> "QuerySet[Comment]":
    heads = Comment.objects.heads().filter(discussion=discussion)
    if about:
        heads = heads.filter(passage=about)
    keys = sorting.threads(heads, cursor)[: THREADS_PER_PAGE + 1].values("pk")
    comments = for_display_to(reader)
    # Each reply has the values of its thread's head beside its own: both are sorted by them.
    own = {f"thread_{column}": F(column) for column in sorting.columns}
    of_root = {f"thread_{column}": F(f"root__{column}") for column in sorting.columns}
    firsts = comments.filter(pk__in=keys).annotate(**own)
    replies = comments.filter(root__in=keys, reply_number__lte=REPLIES_PER_THREAD)
    rows = firsts.union(replies.annotate(**of_root), all=True)
    in_order = rows.order_by(*sorting.order("thread_"), "reply_number")
    # One more than can be shown tells whether there is more, without counting.
    return in_order[: COMMENTS_PER_PAGE + REPLIES_PER_THREAD + 2]


THREADS = {
    (sorting.name, after, signed_in): PreparedQuery(
        partial(
            _comments_of_threads,
            sorting,
            discussion=param(1),
            cursor=(param(3), param(4))[: len(sorting.columns)] if after else None,
            reader=param(2) if signed_in else None,
        )
    )
    for sorting in SORTINGS.values()
    for after in (False, True)
    for signed_in in (False, True)
}


def _threads_that_fit(threads: list[Thread]) -> Iterator[Thread]:
    comments = characters = 0
    for head, replies in threads[:THREADS_PER_PAGE]:
        if comments >= COMMENTS_PER_PAGE or characters >= CHARACTERS_PER_PAGE:
            return
        fitting = list(take_characters(CHARACTERS_PER_PAGE - characters, head, replies))
        yield head, fitting
        comments += 1 + len(replies)
        characters += len(head.html) + sum(len(reply.html) for reply in fitting)


def _rows_of(head: Comment, replies: list[Comment]) -> list[Row]:
    rows = arrange([head, *replies])
    if rows:
        rows[-1].hidden_replies = head.reply_count - rows[0].replies
        rows[-1].last_shown_reply = replies[-1].reply_number if replies else 0
    return rows


def _link_threads(rows: list[Row]) -> None:
    """Set `next_thread` of each head."""
    heads = [row for row in rows if row.level == 0]
    for row, following in pairwise(heads):
        row.next_thread = following.comment.pk


def _mark_new(rows: list[Row], visit: Visit | None) -> list[Row]:
    """Mark and return the comments of others since the last visit, and set their `next_new`."""
    if visit is None:
        return []
    new = [row for row in rows if _is_new(row.comment, visit)]
    for row, following in zip_longest(new, new[1:]):
        row.is_new = True
        row.next_new = following.comment.pk if following else 0
    return new


def _is_new(comment: Comment, visit: Visit) -> bool:
    if comment.pk <= visit.new_after or comment.imported_at is not None:
        return False
    return comment.is_published and comment.author_id != visit.person_id
