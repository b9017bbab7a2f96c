"""The readings of a discussion: each is bounded in rows, in
bytes and in queries, whatever the size and shape.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, pairwise, zip_longest
from typing import Any

from django.db.models import F, QuerySet

from articles.models import Passage
from database.keyset import Cursor, page_by_time
from database.prepared import PreparedQuery, param
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.visit import Visit
from forum.discussion.rendering.references import fill_in
from forum.discussion.sorting import BEST, SORTINGS, Sorting
from forum.discussion.tree import Row, arrange

THREADS_PER_PAGE = 20
# A page takes no further thread once it has so many comments, or so many characters of markup.
COMMENTS_PER_PAGE = 60
CHARACTERS_PER_PAGE = 200_000
REPLIES_PER_THREAD = 20
# A comment's own page: answers to it, and of each answer the first ones of the levels below.
ANSWERS_PER_PAGE = 30
ANSWERS_BELOW = 3
LEVELS_BELOW = 2
REPLIES_PER_THREAD_PAGE = 60
COMMENTS_PER_PERSON_PAGE = 30


# What is printed of a comment, and what the reading itself goes by.
PRINTED = (
    *(
        "discussion",
        "parent",
        "root",
        "depth",
        "place",
        "sibling",
        "child_count",
        "reply_count",
        "rank",
        "answered",
    ),
    *(
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
    ),
    *("author__username", "author__is_active", "author__is_staff"),
    *(
        "passage_edition",
        "passage_words",
        "passage__anchor",
        "passage__edition",
        "passage__gone_at",
        "passage__kind",
    ),
)


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


@dataclass
class CommentPage:
    comment: Comment
    ancestors: list[Comment]
    rows: list[Row]
    next_cursor: int | None = None


def discussion_page(
    discussion: Discussion,
    *,
    sorting: Sorting = BEST,
    after: Cursor | None = None,
    person: Any = None,
    about: Passage | None = None,
) -> DiscussionPage:
    """Threads by cursor, each with its first replies, in one
    query: all of them, or those about a passage.
    """
    page = DiscussionPage(discussion, sorting, sorting.written(after))
    if discussion.pk is None:
        return page
    threads = list(_threads(discussion, sorting, after, _key_of(person), about))
    shown = list(_those_that_fit(threads))
    for head, replies in shown:
        page.rows += _thread(head, replies)
    _lead_from_thread_to_thread(page.rows)
    page.new = _mark_new(page.rows, discussion.visit)
    if shown and len(threads) > len(shown):
        page.next_cursor = sorting.cursor_at(shown[-1][0])
    return page


Thread = tuple[Comment, list[Comment]]


def _threads(
    discussion: Discussion,
    sorting: Sorting,
    after: Cursor | None,
    reader: int | None,
    about: Passage | None,
) -> Iterator[Thread]:
    """The threads of a page and a little more: heads and replies
    in the order of the page, cut by the database.
    """
    if about:
        found = _threads_to_read(
            sorting, discussion=discussion.pk, cursor=after, reader=reader, about=about
        )
    else:
        statement = THREADS[sorting.name, after is not None, reader is not None]
        found = statement.objects(discussion.pk, reader or 0, *(after or ()))
    for _, thread in groupby(found, key=lambda comment: comment.root_id or comment.pk):
        head, *rest = thread
        yield head, rest


def _threads_to_read(
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
    shown = sorting.threads(heads, cursor)[: THREADS_PER_PAGE + 1].values("pk")
    order = {f"thread_{column}": column for column in sorting.columns}
    comments = _printed(reader)
    firsts = comments.filter(pk__in=shown).annotate(**{n: F(c) for n, c in order.items()})
    replies = comments.filter(root__in=shown, place__lte=REPLIES_PER_THREAD)
    replies = replies.annotate(**{name: F(f"root__{column}") for name, column in order.items()})
    rows = firsts.union(replies, all=True).order_by(*sorting.order("thread_"), "place")
    # One more than can be shown: whether there is more is known without counting.
    return rows[: COMMENTS_PER_PAGE + REPLIES_PER_THREAD + 2]


THREADS = {
    (sorting.name, after, signed_in): PreparedQuery(
        partial(
            _threads_to_read,
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


def _those_that_fit(threads: list[Thread]) -> Iterator[Thread]:
    comments = characters = 0
    for head, replies in threads[:THREADS_PER_PAGE]:
        if comments >= COMMENTS_PER_PAGE or characters >= CHARACTERS_PER_PAGE:
            return
        fitting = list(within(CHARACTERS_PER_PAGE - characters, head, replies))
        yield head, fitting
        comments += 1 + len(replies)
        characters += len(head.html) + sum(len(reply.html) for reply in fitting)


def within(characters: int, head: Comment, replies: list[Comment]) -> Iterable[Comment]:
    """Long replies are led to as many replies are; the one that crosses the line is still shown."""
    left = characters - len(head.html)
    for reply in replies:
        if left <= 0:
            return
        left -= len(reply.html)
        yield reply


def _thread(head: Comment, replies: list[Comment]) -> list[Row]:
    rows = arrange([head, *replies])
    if rows:
        rows[-1].rest = head.reply_count - rows[0].replies
        rows[-1].rest_after = replies[-1].place if replies else 0
    return rows


def _lead_from_thread_to_thread(rows: list[Row]) -> None:
    heads = [row for row in rows if row.level == 0]
    for row, following in pairwise(heads):
        row.next_thread = following.comment.pk


def _mark_new(rows: list[Row], visit: Visit | None) -> list[Row]:
    """What others wrote here since the last visit; each leads to the next."""
    if visit is None:
        return []
    after, person = visit.new_after, visit.person_id
    written_since = (
        row for row in rows if row.comment.pk > after and row.comment.imported_at is None
    )
    new = [
        row for row in written_since if row.comment.is_published and row.comment.author_id != person
    ]
    for row, following in zip_longest(new, new[1:]):
        row.is_new, row.next_new = True, following.comment.pk if following else 0
    return new


def comment_page(comment: Comment, *, after: int = 0, person: Any = None) -> CommentPage:
    """A comment with those it answers and those that answer it; the answers go on by cursor.

    Below the first comment of a thread all of the thread is read, in the order of time; below
    another one its answers, with the first ones to each of them.
    """
    ancestors = (
        Comment.objects.filter(pk__in=comment.lineage).select_related("author").order_by("pk")
    )
    read = _answers if comment.root_id else _thread_below
    rows, next_cursor = read(comment, after, person)
    return CommentPage(comment, list(ancestors), rows, next_cursor)


def _thread_below(head: Comment, after: int, person: Any) -> tuple[list[Row], int | None]:
    thread = to_print(person).filter(root=head.pk, place__gt=after).order_by("place")
    found = list(thread[: REPLIES_PER_THREAD_PAGE + 1])
    shown = list(within(CHARACTERS_PER_PAGE, head, found[:REPLIES_PER_THREAD_PAGE]))
    rows = arrange(shown if after else [head, *shown])
    return rows, shown[-1].place if len(found) > len(shown) else None


def _answers(comment: Comment, after: int, person: Any) -> tuple[list[Row], int | None]:
    answers_to = to_print(person)
    answers = answers_to.filter(parent=comment.pk, sibling__gt=after).order_by("sibling")
    found = list(answers[: ANSWERS_PER_PAGE + 1])
    shown = list(within(CHARACTERS_PER_PAGE, comment, found[:ANSWERS_PER_PAGE]))
    level, below = shown, []
    for _ in range(LEVELS_BELOW):
        parents = [answer.pk for answer in level if answer.child_count]
        level = (
            list(answers_to.filter(parent__in=parents, sibling__lte=ANSWERS_BELOW))
            if parents
            else []
        )
        below += level
    rows = arrange(
        sorted([*([] if after else [comment]), *shown, *below], key=lambda each: each.pk)
    )
    _lead_on(rows, comment)
    return rows, shown[-1].sibling if len(found) > len(shown) else None


def _lead_on(rows: list[Row], comment: Comment) -> None:
    """Marks the comments whose further answers are on their own pages."""
    shown: dict[int | None, int] = defaultdict(int)
    for row in rows:
        shown[row.comment.parent_id] += 1
    for row in rows:
        row.goes_on = (
            row.comment.pk != comment.pk and row.comment.child_count > shown[row.comment.pk]
        )


def person_page(person: Any, *, after: Cursor | None = None) -> tuple[list[Comment], str]:
    comments = Comment.objects.published().filter(author=person).with_article()
    found, next_cursor = page_by_time(comments, after=after, number=COMMENTS_PER_PERSON_PAGE)
    fill_in(found)
    return found, next_cursor


def place_of(comment: Comment) -> str:
    """The address of the page on which the discussion shows
    the comment; its own page where none does.
    """
    if comment.is_held or comment.place > REPLIES_PER_THREAD:
        return comment.get_absolute_url()
    head = comment.root or comment
    article = comment.discussion.article.get_absolute_url()
    query = "" if _is_on_the_first_page(head) else f"?after={BEST.cursor_before(head)}"
    return f"{article}{query}#c{comment.pk}"


def _is_on_the_first_page(head: Comment) -> bool:
    comments = 0
    for pk, length in FIRST_PAGE.values(head.discussion_id):
        if pk == head.pk:
            return True
        comments += 1 + min(length, REPLIES_PER_THREAD)
        if comments >= COMMENTS_PER_PAGE:
            return False
    return False


def _first_page() -> "QuerySet[Comment, Any]":
    heads = Comment.objects.heads().filter(discussion=param(1))
    return BEST.threads(heads).values_list("pk", "thread_length")[:THREADS_PER_PAGE]


FIRST_PAGE = PreparedQuery(_first_page)


def to_print(person: Any) -> "QuerySet[Comment]":
    """Comments with all that is printed of them, and the vote of the person who reads."""
    return _printed(_key_of(person))


def _printed(reader: int | None) -> "QuerySet[Comment]":
    comments = Comment.objects.order_by().select_related("author", "passage").only(*PRINTED)
    return comments.with_vote_of(reader)


def _key_of(person: Any) -> int | None:
    return person.pk if person is not None else None
