"""The counts in the header for people who moderate."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Case as Choice
from django.db.models import Exists, IntegerField, Q, QuerySet, Subquery, When
from django.db.models.functions import Now

from database.prepared import PreparedQuery, param
from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.moderation.models.objection import Objection
from forum.moderation.queue import COUNTED, in_words
from forum.people.models.moderator import Moderator
from forum.people.models.sanction import Sanction
from mail.models import UndeliveredEmail


@dataclass(frozen=True)
class Waiting:
    """The counts for one moderator. Each stops at COUNTED + 1."""

    cases: int
    objections: int
    questions: int  # and corrections of readers
    emails: int  # that this site cannot send; administrators alone are told

    def __str__(self) -> str:
        return in_words(self.cases + self.objections)

    @property
    def is_nothing(self) -> bool:
        return not (self.cases or self.objections)

    @property
    def emails_in_words(self) -> str:
        return in_words(self.emails)


def waiting_for_person(person: Any) -> Waiting | None:
    """Return what waits, in one query; None for whoever moderates
    nothing. Readers cost no query.
    """
    if not (person.is_authenticated and (person.is_moderator or person.is_staff)):
        return None
    rows = WAITING.values(person.pk)
    return Waiting(*rows[0]) if rows else None


class CountUpTo(Subquery):
    """The number of rows of a query, up to a limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS part)"
    output_field = IntegerField()

    def __init__(self, rows: "QuerySet[Any]", most: int = COUNTED + 1) -> None:
        super().__init__(rows.order_by().values("pk")[:most])


def _waiting() -> "QuerySet[Any, Any]":
    """Return the person with their counts, if they moderate. Only counts of their own scope are
    made.
    """
    topics = _rows_of_moderator().filter(topic__isnull=False).values("topic")
    cases, objections = Case.objects.waiting(), Objection.objects.waiting()
    people = get_user_model().objects.filter(pk=param(1), is_active=True).order_by()
    found = people.annotate(is_site_wide=_is_site_wide()).filter(
        Q(is_site_wide=True) | Exists(topics)
    )
    return found.values_list(
        _count(cases, cases.filter(topic__in=topics)),
        _count(objections, objections.under_topics(topics)),
        CountUpTo(Comment.objects.asked()),
        Choice(
            When(is_superuser=True, then=CountUpTo(UndeliveredEmail.objects.failing())), default=0
        ),
    )


def _is_site_wide() -> Exists:
    permission = Permission.objects.filter(
        content_type__app_label="forum", codename="change_comment"
    )
    permitted = (
        Q(is_superuser=True)
        | Q(user_permissions__in=permission)
        | Q(groups__permissions__in=permission)
    )
    everywhere = Exists(_rows_of_moderator().filter(topic=None))
    return Exists(get_user_model().objects.filter(permitted | everywhere, pk=param(1)).order_by())


def _rows_of_moderator() -> "QuerySet[Moderator]":
    """Return what the person moderates, as Moderator.objects.of() does, with the time of the
    execution.
    """
    in_force = Q(until=None) | Q(until__gt=Now())
    sanctions = Sanction.objects.filter(in_force, person=param(1), lifted_at=None)
    return Moderator.objects.filter(~Exists(sanctions), person=param(1)).order_by()


def _count(everywhere: "QuerySet[Any]", of_topics: "QuerySet[Any]") -> Choice:
    return Choice(When(is_site_wide=True, then=CountUpTo(everywhere)), default=CountUpTo(of_topics))


WAITING = PreparedQuery(_waiting)
