"""Notifications, and the count of unread ones in the row of each person.

A notification `is_counted` while it is part of User.unread_count: while it is unread, not muted,
and readers see its comment. Both change in one transaction that holds the lock of the person's
row. A notification is saved uncounted and counted by a later transaction; a comment that appears
or disappears has its notifications recounted after that is committed. So whatever comes first,
the last of these transactions reads the final state.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from forum import tasks
from forum.discussion.models.comment import Comment
from forum.flags.models.flag import Flag
from forum.log.models.action import ModerationAction
from forum.moderation.models.objection import Objection
from forum.notifications.models.kind import OF_COMMENTS, Kind

if TYPE_CHECKING:
    from accounts.models import User

BATCH = 1000  # notifications counted in one transaction
KEPT = timedelta(days=180)  # decisions stay in a list of their own


def readers_see() -> Q:
    """Return the condition that readers see the comment of a notification, if it has one."""
    return Q(comment=None) | Q(
        comment__status=Comment.Status.PUBLISHED,
        comment__discussion__article__status=Article.Status.PUBLISHED,
        comment__discussion__article__published_at__lte=timezone.now(),
    )


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, person: Any) -> Self:
        return self.filter(person=person.pk)

    def of_articles(self, articles: Iterable[int]) -> Self:
        return self.filter(comment__discussion__article__in=articles)

    def shown(self) -> Self:
        """Return those that their people may see now."""
        return self.filter(readers_see(), is_muted=False)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def with_should_count(self) -> Self:
        counts = readers_see() & Q(read_at=None, is_muted=False)
        should_count: Any = Case(When(counts, then=True), default=Value(False))
        return self.annotate(should_count=should_count)

    def miscounted(self) -> Self:
        """Return unread ones whose comment appeared or disappeared since they were counted."""
        candidates = self.filter(read_at=None, is_muted=False).with_should_count()
        return candidates.exclude(is_counted=F("should_count"))

    def recount(self) -> None:
        """Count these as their people may see them now."""
        after, rows = 0, self.miscounted().order_by("pk").values_list("pk", "person")
        while pairs := list(rows.filter(pk__gt=after)[:BATCH]):
            recount(dict(pairs))
            after, _ = pairs[-1]

    @transaction.atomic
    def mark_read(self, *, by: "User") -> int:
        """Mark the person's notifications among these as read, as far as they are shown."""
        lock_people([by.pk])
        shown = self.of(by).unread().shown()
        number = self.model.objects.filter(pk__in=shown.values("pk")).update(
            read_at=timezone.now(), is_counted=False
        )
        count_again(by.pk)
        return number

    def follow_articles(self, articles: Collection[int]) -> None:
        """Recount what is about articles that were published or withdrawn, at once after the
        commit, and those that will be published then.
        """
        tasks.recount_articles.enqueue([*articles])
        transaction.on_commit(self.of_articles(articles).recount, robust=True)
        later = Article.objects.filter(pk__in=articles, status=Article.Status.PUBLISHED)
        for key, at in later.filter(published_at__gt=timezone.now()).values_list(
            "pk", "published_at"
        ):
            tasks.recount_articles.using(run_after=at).enqueue([key])

    def expire(self) -> None:
        """Delete the oldest ones. Keys are in the order of time, so no index is needed."""
        before = timezone.now() - KEPT
        oldest = [row for row in self.order_by("pk")[:BATCH] if row.created_at < before]
        if oldest:
            _forget(oldest)

    def forget(self) -> None:
        """Delete these, and take them out of the counts."""
        while rows := list(self.order_by("pk")[:BATCH]):
            _forget(rows)


class Notification(models.Model):
    """Something that a person is told of: one comment, decision, objection or report."""

    Kind = Kind

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, related_name="notifications", db_index=False
    )
    # The decision about the person, or the one that settled their report.
    action = models.ForeignKey(
        ModerationAction, models.CASCADE, null=True, related_name="notifications", db_index=False
    )
    objection = models.OneToOneField(
        Objection, models.CASCADE, null=True, related_name="notification"
    )
    flag = models.ForeignKey(
        Flag, models.CASCADE, null=True, related_name="notifications", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # The person muted the thread or the author of the comment. Stored, because a thread may be
    # split later and an account deleted, and what was muted then stays so.
    is_muted = models.BooleanField(default=False)
    is_counted = models.BooleanField(default=False)  # in User.unread_count
    # When an email about it is due; None if none is, or none any more.
    email_due_at = models.DateTimeField(null=True)
    emailed_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_by_person"),
            models.Index(
                fields=["person", "-id"],
                condition=Q(read_at__isnull=True),
                name="notification_unread",
            ),
            models.Index(
                fields=["email_due_at"],
                condition=Q(email_due_at__isnull=False),
                name="notification_email_due",
            ),
            models.Index(
                fields=["flag"], condition=Q(flag__isnull=False), name="notification_of_flag"
            ),
        ]
        constraints = [
            # Nobody is told twice of one comment or of one decision.
            models.UniqueConstraint(
                fields=["comment", "person"],
                condition=Q(comment__isnull=False),
                name="notification_once_per_comment",
            ),
            models.UniqueConstraint(
                fields=["action", "person"],
                condition=Q(action__isnull=False),
                name="notification_once_per_action",
            ),
            models.UniqueConstraint(
                fields=["flag"], condition=Q(kind="receipt"), name="notification_one_receipt"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_COMMENTS, comment__isnull=False)
                | Q(kind=Kind.DECISION, comment=None, action__isnull=False)
                | Q(kind=Kind.OBJECTION, comment=None, objection__isnull=False)
                | Q(kind=Kind.REPORT, comment=None, action__isnull=False, flag__isnull=False)
                | Q(kind=Kind.RECEIPT, comment=None, flag__isnull=False),
                name="notification_has_its_object",
            ),
            models.CheckConstraint(
                condition=Q(is_counted=False) | Q(read_at=None, is_muted=False),
                name="notification_counted_while_unread",
            ),
            models.CheckConstraint(
                condition=Q(emailed_at=None) | Q(email_due_at=None),
                name="notification_emailed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"

    @property
    def thread_key(self) -> int | None:
        """The key of the first comment of the thread, which the person may mute."""
        if self.comment is None or self.kind == Kind.APPROVAL:
            return None
        return self.comment.root_id or self.comment.pk

    @property
    def is_unread(self) -> bool:
        return self.read_at is None


def lock_people(people: Collection[int]) -> None:
    """Lock the rows of people in the order of their keys.

    Whoever changes notifications holds these locks first, before any of a discussion or comment,
    as somebody who posts a comment does.
    """
    users: Any = get_user_model().objects.select_for_update(no_key=True)
    list(users.filter(pk__in=people).order_by("pk").values_list("pk"))


@transaction.atomic
def recount(people: dict[int, int]) -> None:
    """Count these notifications, by their keys those of their people, if these should see them
    as unread, and only then.
    """
    lock_people({*people.values()})
    found: Any = Notification.objects.filter(pk__in=people).with_should_count().order_by()
    changes: dict[bool, list[int]] = {True: [], False: []}
    for key, is_counted, should_count in found.values_list("pk", "is_counted", "should_count"):
        if is_counted != should_count:
            changes[should_count].append(key)
    for is_counted, keys in changes.items():
        if keys:
            Notification.objects.filter(pk__in=keys).update(is_counted=is_counted)
            _add_to_counts([people[key] for key in keys], +1 if is_counted else -1)


def count_again(person: int) -> None:
    """Set the count of one person from their notifications. Needs the lock of their row."""
    number = Notification.objects.filter(person=person, is_counted=True).count()
    get_user_model().objects.filter(pk=person).update(unread_count=number)


def _add_to_counts(people: Iterable[int], sign: int) -> None:
    """Change the count of each person by the number of times that they are in the list."""
    times: dict[int, int] = defaultdict(int)
    for person in people:
        times[person] += 1
    by_number: dict[int, list[int]] = defaultdict(list)
    for person, number in times.items():
        by_number[number].append(person)
    for number, same in by_number.items():
        count = Greatest(F("unread_count") + sign * number, 0)
        get_user_model().objects.filter(pk__in=same).update(unread_count=count)


@transaction.atomic
def _forget(rows: Sequence[Notification]) -> None:
    lock_people({row.person_id for row in rows})
    found = Notification.objects.filter(pk__in=[row.pk for row in rows])
    counted = list(found.filter(is_counted=True).values_list("person", flat=True))
    found._raw_delete(found.db)
    _add_to_counts(counted, -1)
