"""Read the notifications of a person: the unread ones first, grouped by what they are about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles.models.article import long_columns
from database.keyset import Cursor, format_cursor
from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.notifications.models.kind import Kind
from forum.notifications.models.notification import Notification, NotificationQuerySet

PER_PAGE = 40
SHOWN_OF_GROUP = 3  # the others are folded
# A row that was saved so long ago is committed, and so is each with a lower key.
SETTLED_AFTER = timedelta(seconds=30)
CURSOR = ("unread", "pk")  # 1 among the unread ones, 0 behind them

# All that the page shows, without the texts of articles.
SHOWN = (
    "comment__author",
    "comment__parent",
    "comment__passage",
    "comment__discussion__article__topic",
    "action__comment__discussion__article",
    "objection__action",
    "flag__comment__discussion__article",
)
LONG_TEXTS = [
    column
    for path in ("comment", "action__comment", "flag__comment")
    for column in long_columns(f"{path}__discussion__article")
]


@dataclass
class Group:
    """Notifications of one kind about one thing."""

    kind: str
    rows: list[Notification] = field(default_factory=list)

    @property
    def is_unread(self) -> bool:
        return self.rows[0].is_unread

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def first(self) -> Sequence[Notification]:
        return self.rows[:SHOWN_OF_GROUP]

    @property
    def others(self) -> Sequence[Notification]:
        return self.rows[SHOWN_OF_GROUP:]

    @property
    def comment(self) -> Comment | None:
        return self.rows[0].comment

    @property
    def article(self) -> Any:
        return self.comment.discussion.article if self.comment else None

    @property
    def decision(self) -> ModerationAction | None:
        return self.rows[0].action

    @property
    def label(self) -> str:
        return str(self.rows[0].get_kind_display())

    @property
    def key(self) -> int:
        return self.rows[0].pk

    @property
    def thread(self) -> int | None:
        """The key of the first comment of the thread that all of these are in."""
        threads = {row.thread_key for row in self.rows}
        return threads.pop() if len(threads) == 1 else None


@dataclass
class InboxPage:
    new: list[Group]
    earlier: list[Group]
    rows: Sequence[Notification]
    next_cursor: str

    @property
    def settled(self) -> int | None:
        """The key up to which "Mark all as read" covers notifications that are not on the page.

        Of those that are newer it covers the ones on the page: others may have been committed
        since, with lower keys.
        """
        before = timezone.now() - SETTLED_AFTER
        return max((row.pk for row in self.rows if row.created_at < before), default=None)

    @property
    def unread(self) -> Sequence[Notification]:
        return [row for row in self.rows if row.is_unread]


def inbox_page(person: Any, *, after: Cursor | None = None) -> InboxPage:
    unread, pk = after or (1, None)
    rows = _rows(person, is_unread=True, before=pk, number=PER_PAGE + 1) if unread else []
    if len(rows) <= PER_PAGE:
        before = None if unread else pk
        missing = PER_PAGE + 1 - len(rows)
        rows += _rows(person, is_unread=False, before=before, number=missing)
    shown = rows[:PER_PAGE]
    last = shown[-1] if len(rows) > PER_PAGE else None
    return InboxPage(
        new=_grouped(row for row in shown if row.is_unread),
        earlier=_grouped(row for row in shown if not row.is_unread),
        rows=shown,
        next_cursor=format_cursor((int(last.is_unread), last.pk)) if last else "",
    )


def _rows(person: Any, *, is_unread: bool, before: Any, number: int) -> list[Notification]:
    rows: NotificationQuerySet = Notification.objects.of(person).shown()
    rows = rows.filter(read_at__isnull=is_unread)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related(*SHOWN).defer(*LONG_TEXTS).order_by("-pk")[:number])


def _grouped(rows: Iterable[Notification]) -> list[Group]:
    """Group rows by what they are about, in the order of the newest of each group."""
    groups: dict[tuple[str, int], Group] = {}
    for row in rows:
        key = row.kind, _subject(row)
        groups.setdefault(key, Group(row.kind)).rows.append(row)
    return [*groups.values()]


def _subject(row: Notification) -> int:
    """Return the key of what the notification is about, among others of its kind."""
    comment = row.comment
    if comment is None or row.kind == Kind.APPROVAL:
        return row.pk
    subjects: dict[str, int | None] = {
        Kind.REPLY: comment.parent_id,
        Kind.THREAD: comment.root_id,
        Kind.PASSAGE: comment.passage_id,
        Kind.TOPIC: comment.discussion.article.topic_id,
    }
    return subjects.get(row.kind) or comment.discussion.article_id
