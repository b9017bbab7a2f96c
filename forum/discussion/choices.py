"""Read what a person follows and whom they muted, as far as a page of a discussion shows it."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from articles.models import Article
from database.prepared import PreparedQuery, param
from forum.people.models.mute import Mute

TARGETS = ("article", "passage", "thread")


@dataclass
class Choices:
    """The keys of what a person follows in one article, and of people whom they muted."""

    article: set[int] = field(default_factory=set)
    passage: set[int] = field(default_factory=set)
    thread: set[int] = field(default_factory=set)
    muted_thread: set[int] = field(default_factory=set)
    muted_person: set[int] = field(default_factory=set)


def choices_of(person: Any, article: Article) -> Choices:
    """Return the choices of a person, with one query; nobody's without one."""
    choices = Choices()
    if person.is_authenticated:
        for what, key in CHOICES.values(person.pk, article.pk):
            getattr(choices, what).add(key)
    return choices


def _choices() -> "QuerySet[Any, Any]":
    subscriptions: Any = apps.get_model("forum", "Subscription").objects
    here = (
        Q(article=param(2)) | Q(passage__article=param(2)) | Q(thread__discussion__article=param(2))
    )
    kinds = [When(**{f"{target}__isnull": False}, then=Value(target)) for target in TARGETS]
    what = Case(When(is_mute=True, then=Value("muted_thread")), *kinds)
    followed = subscriptions.filter(here, person=param(1)).order_by()
    mutes: Any = Mute.objects.filter(person=param(1)).order_by()
    muted = mutes.values_list(Value("muted_person"), F("muted"))
    rows: QuerySet[Any, Any] = followed.values_list(what, Coalesce(*TARGETS))
    return rows.union(muted, all=True)


CHOICES = PreparedQuery(_choices)
