"""The email to moderators and editors about what waits for them, at most once a day each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.models.article import long_columns
from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.moderation.models.objection import Objection
from forum.moderation.queue import COUNTED, in_words
from forum.notifications.envelope import addressee, link_to_leave, list_email, queue_email
from forum.notifications.models.kind import Delivery, latest_morning
from forum.notifications.models.settings import NotificationSettings
from forum.people.scope import ModeratorScope, scope_of

SETTING = "summary"
LONGEST_SHOWN = 5


@dataclass
class Waiting:
    """Rows of one kind that wait: their number, and those that wait longest."""

    number: int = 0  # up to COUNTED + 1
    longest: Iterable[Any] = ()

    @classmethod
    def among(cls, rows: "QuerySet[Any]") -> "Waiting":
        return cls(rows.order_by().values("pk")[: COUNTED + 1].count(), rows[:LONGEST_SHOWN])

    @property
    def shown(self) -> str:
        return in_words(self.number)


@dataclass
class Summary:
    cases: Waiting = field(default_factory=Waiting)
    objections: Waiting = field(default_factory=Waiting)
    questions: Waiting = field(default_factory=Waiting)

    @property
    def number(self) -> int:
        return self.cases.number + self.objections.number + self.questions.number

    @property
    def shown(self) -> str:
        return in_words(self.number)


def summary_for(person: Any) -> Summary:
    """Return what waits for a moderator or an editor; nothing for others."""
    summary, scope = Summary(), scope_of(person)
    if scope:
        summary.cases = Waiting.among(_cases(scope))
        summary.objections = Waiting.among(_objections(scope))
    if person.is_staff and person.has_perm("articles.change_article"):
        summary.questions = Waiting.among(_questions())
    return summary


def compose(key: int) -> EmailMessage | None:
    person = addressee(key)
    summary = summary_for(person) if person else Summary()
    if not (person and summary.number):
        return None
    leave = link_to_leave(person, [SETTING])
    template, context = "forum/notifications/summary", {"summary": summary}
    return list_email(template, person, context, list_name=SETTING, leave=leave)


def has_due_emails() -> bool:
    return _due().exists()


def queue_due_emails() -> None:
    for person in _due():
        _queue(person.pk)


@transaction.atomic
def _queue(key: int) -> None:
    """Queue the summary of one person, unless nothing waits for them."""
    NotificationSettings.objects.get_or_create(person_id=key)
    now = timezone.now()
    mine = NotificationSettings.objects.filter(_before(latest_morning(now)), person=key)
    if not mine.update(summarized_at=now):
        return
    person = addressee(key)
    if person and summary_for(person).number:
        name = (SETTING, key, f"{now:%Y%m%d}")
        queue_email("summary.compose", key, to=person.email, name=name)


def _due() -> "QuerySet[Any]":
    """Return those who may have something to decide, and were not told since the last morning."""
    now, settings = timezone.now(), "notification_settings__"
    is_weekly = Q(**{f"{settings}summary": Delivery.WEEKLY})
    daily = ~is_weekly & _before(latest_morning(now), settings)
    weekly = is_weekly & _before(latest_morning(now, weekly=True), settings)
    people = get_user_model().objects.filter(
        Q(is_moderator=True) | Q(is_staff=True), daily | weekly, is_active=True
    )
    return people.exclude(**{f"{settings}summary": Delivery.NEVER}).order_by("pk")


def _before(morning: Any, prefix: str = "") -> Q:
    return Q(**{f"{prefix}summarized_at": None}) | Q(**{f"{prefix}summarized_at__lt": morning})


def _cases(scope: ModeratorScope) -> "QuerySet[Case]":
    cases = Case.objects.waiting().order_by("opened_at", "pk")
    if scope.topics is not None:
        cases = cases.filter(topic__in=scope.topics)
    article = "comment__discussion__article"
    return cases.select_related(article).defer(*long_columns(article))


def _objections(scope: ModeratorScope) -> "QuerySet[Objection]":
    waiting = Objection.objects.waiting()
    return waiting if scope.topics is None else waiting.under_topics(scope.topics)


def _questions() -> "QuerySet[Comment]":
    return Comment.objects.asked().with_article().order_by("created_at", "pk")
