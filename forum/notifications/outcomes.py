"""Tell people what was decided about them, their objections and their reports.

The notification and its email are saved in one transaction, so that a task that runs twice tells
nobody twice.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from forum.notifications import letters
from forum.notifications.models.kind import Delivery, Kind, email_due_at
from forum.notifications.models.notification import Notification, count_again, lock_people
from forum.notifications.models.settings import settings_of
from forum.people.reasons import Reason

if TYPE_CHECKING:
    from accounts.models import User
    from forum.flags.models.flag import Flag
    from forum.log.models.action import ModerationAction
    from forum.moderation.models.objection import Objection


def tell_of_decision(action: "ModerationAction") -> None:
    """Tell a person of a decision about them, unless it was undone meanwhile."""
    if action.person and action.is_told:
        letter = letters.statement(action) if action.is_told_by_mail else None
        _tell(action.person, Kind.DECISION, letter, action=action)


def tell_of_objection(objection: "Objection") -> None:
    letter = letters.answer_to_objection(objection)
    _tell(objection.person, Kind.OBJECTION, letter, objection=objection)


def tell_of_report(flag: "Flag", action: "ModerationAction") -> None:
    """Tell somebody with an account of the outcome of their report."""
    if not (flag.person and flag.address):
        return
    delivery = _delivery(flag)
    if delivery == Delivery.AT_ONCE:
        _tell(flag.person, Kind.REPORT, letters.flag_decided(flag), flag=flag, action=action)
    else:
        due_at = email_due_at(delivery, timezone.now())
        about: dict[str, Any] = {"flag": flag, "action": action}
        _tell(flag.person, Kind.REPORT, None, email_due_at=due_at, **about)


def _delivery(flag: "Flag") -> str:
    """Return when the outcome is emailed: of illegal content at once, because the law requires
    it.
    """
    if flag.reason.reason == Reason.ILLEGAL:
        return Delivery.AT_ONCE
    return settings_of(flag.person_id).delivery_of(Kind.REPORT)


def confirm_report(flag: "Flag", language: str = "") -> None:
    """Confirm a report of illegal content. It is nothing new to the reporter, so it is not
    counted.
    """
    if flag.person and flag.address:
        now = timezone.now()
        _tell(flag.person, Kind.RECEIPT, letters.receipt(flag, language), read_at=now, flag=flag)
    elif flag.address:
        letters.receipt(flag, language).send()


@transaction.atomic
def _tell(
    person: "User",
    kind: Kind,
    letter: EmailMessage | None,
    *,
    read_at: datetime | None = None,
    email_due_at: datetime | None = None,
    **about: Any,
) -> None:
    lock_people([person.pk])
    state = {
        "read_at": read_at,
        "is_counted": read_at is None,
        "email_due_at": email_due_at,
        "emailed_at": timezone.now() if letter else None,
    }
    rows = Notification.objects
    _, is_new = rows.get_or_create(person=person, kind=kind, **about, defaults=state)
    if is_new:
        count_again(person.pk)
        if letter:
            letter.send()
