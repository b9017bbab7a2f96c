"""Queue the emails about notifications that are due.

A notification is claimed by one conditional UPDATE, in the transaction that queues its email and
under the lock of its person's row: none is emailed twice. What an email says is composed when it is
sent (forum.notifications.comment_email, forum.notifications.digest).
"""

import logging
from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import OperationalError, transaction
from django.utils import timezone

from forum import tasks
from forum.notifications.envelope import addressee, queue_email
from forum.notifications.models.kind import JOINED_WITHIN, Delivery, email_due_at
from forum.notifications.models.notification import Notification, lock_people
from forum.notifications.models.settings import settings_of

if TYPE_CHECKING:
    from accounts.models import User
    from forum.notifications.models.notification import NotificationQuerySet

log = logging.getLogger(__name__)

# A notification that nobody could see since it was due is emailed no more.
GIVEN_UP_AFTER = timedelta(days=7)
PEOPLE_AT_ONCE = 200
DIGEST_LIMIT = 1000  # notifications of which a digest says more than their number

DIGEST = 0  # stands where others have the key of an article


class Due(NamedTuple):
    pk: int
    kind: str
    created_at: datetime
    read_at: datetime | None
    article: int | None


def queue_due_emails() -> None:
    """Queue the emails of the people who wait longest, and a task for those behind them."""
    rows = _due_since(JOINED_WITHIN).order_by("email_due_at", "pk")
    people = dict.fromkeys(rows.values_list("person", flat=True)[:PEOPLE_AT_ONCE])
    done = [person for person in people if _try(person)]
    if done and has_due_emails():
        tasks.queue_due_emails.enqueue()


def has_due_emails() -> bool:
    return _due_since(JOINED_WITHIN).exists()


def give_up_hidden() -> None:
    """Clear what stays hidden, so that looking for what is due stays quick."""
    shown = _due_since(GIVEN_UP_AFTER).values("pk")
    long_ago = timezone.now() - GIVEN_UP_AFTER
    hidden = Notification.objects.filter(email_due_at__lt=long_ago).exclude(pk__in=shown)
    hidden.update(email_due_at=None)


@transaction.atomic
def queue_emails_of(key: int) -> None:
    """Queue what is due to one person: an email for each article, and a digest."""
    lock_people([key])
    person, now = addressee(key), timezone.now()
    emails: dict[int, list[int]] = defaultdict(list)
    left_out: dict[datetime | None, list[int]] = defaultdict(list)
    choices = settings_of(key)
    for row in _rows_of(key):
        delivery = choices.delivery_of(row.kind)
        due_at = None if row.read_at or not person else email_due_at(delivery, row.created_at)
        if due_at is None or due_at > now:  # they read it, or chose otherwise, meanwhile
            left_out[due_at].append(row.pk)
        else:
            at_once = delivery == Delivery.AT_ONCE
            emails[row.article if at_once and row.article else DIGEST].append(row.pk)
    for due_at, keys in left_out.items():
        Notification.objects.filter(pk__in=keys).update(email_due_at=due_at)
    for article, keys in emails.items():
        if person:
            _queue(person, article, keys)


def _queue(person: "User", article: int, keys: list[int]) -> None:
    due = Notification.objects.filter(pk__in=keys, email_due_at__isnull=False)
    if not due.update(email_due_at=None, emailed_at=timezone.now()):
        return
    to = person.email
    if article:
        name = ("notification", keys[0])
        queue_email("comment_email.compose", person.pk, keys, to=to, name=name)
    else:
        name, latest = ("digest", keys[0]), keys[-DIGEST_LIMIT:]
        queue_email("digest.compose", person.pk, latest, len(keys), to=to, name=name)


def _try(person: int) -> bool:
    """Return False if it failed for this person: the others still get their emails."""
    try:
        queue_emails_of(person)
    except OperationalError:
        raise
    except Exception:
        log.exception("The emails of a person could not be queued.")
        return False
    return True


def _rows_of(person: int) -> list[Due]:
    rows: Any = _due_since(timedelta()).filter(person=person).order_by("pk")
    fields = ("pk", "kind", "created_at", "read_at", "comment__discussion__article")
    return [Due(*row) for row in rows.values_list(*fields)]


def _due_since(time: timedelta) -> "NotificationQuerySet":
    return Notification.objects.filter(email_due_at__lte=timezone.now() - time).shown()
