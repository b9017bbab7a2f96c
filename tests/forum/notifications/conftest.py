from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from forum.maintenance import integrity
from forum.models import Notification, Subscription
from forum.notifications import periodic
from tests.mail import Outbox

Told = Callable[[], list[tuple[str, str]]]
Listed = Callable[[User], list[str]]


def unread_count(person: User) -> int:
    return int(User.objects.values_list("unread_count", flat=True).get(pk=person.pk))


def drift() -> list[str]:
    """Return what check_integrity finds."""
    return [str(each) for each in integrity.check(repair=False, progress=lambda _: None)]


def follow(person: User, **target: Any) -> Subscription:
    return Subscription.objects.create(person=person, **target)


@pytest.fixture
def told(run_tasks: Callable[[], None]) -> Told:
    """`told()` is who has been told by now, and why."""

    def rows() -> list[tuple[str, str]]:
        run_tasks()
        return sorted(Notification.objects.values_list("person__username", "kind"))

    return rows


@pytest.fixture
def listed(run_tasks: Callable[[], None]) -> Listed:
    """`listed(person)` is what that person may see by now."""

    def kinds(person: User) -> list[str]:
        run_tasks()
        return list(Notification.objects.of(person).shown().values_list("kind", flat=True))

    return kinds


@pytest.fixture
def later(outbox: Outbox) -> Callable[..., list[EmailMessage]]:
    """`later(time)` is all email that has gone out by then."""

    def emails(time: timedelta = timedelta(minutes=6)) -> list[EmailMessage]:
        outbox()  # what is due now, such as telling people
        with time_machine.travel(timezone.now() + time):
            periodic.queue_due_tasks()
            return outbox()

    return emails
