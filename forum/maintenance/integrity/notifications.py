"""Notifications that are counted, and the count of unread ones of each person."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Count, F, Q

from accounts.models import User
from forum.maintenance.integrity.check import Articles, Range
from forum.maintenance.integrity.mismatch import Mismatch, differences
from forum.notifications.models.notification import Notification, lock_people, recount


def lock_their_people(keys: Range) -> Articles:
    people = Notification.objects.filter(pk__range=keys).order_by().values_list("person", flat=True)
    lock_people({*people})
    return {}


def lock_range(keys: Range) -> Articles:
    lock_people(range(keys[0], keys[1] + 1))
    return {}


def find(keys: Range) -> Iterator[Mismatch]:
    rows: Any = Notification.objects.filter(pk__range=keys).with_should_count().order_by("pk")
    for row in rows.exclude(is_counted=F("should_count")):
        yield Mismatch(
            f"notification {row.pk}",
            "is_counted",
            row.is_counted,
            row.should_count,
            partial(recount, {row.pk: row.person_id}),
        )


def find_counts(keys: Range) -> Iterator[Mismatch]:
    counted = Count("notifications", filter=Q(notifications__is_counted=True))
    people = User.objects.filter(pk__range=keys).order_by("pk").annotate(counted=counted)
    for key, found, right in people.exclude(unread_count=F("counted")).values_list(
        "pk", "unread_count", "counted"
    ):
        yield from differences(
            f"person {key}", User, key, {"unread_count": found}, {"unread_count": right}
        )
