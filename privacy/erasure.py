"""Delete an account for which the time has come, step by step.

A step takes a moment, so that other tasks and people who write wait for none. Where a worker is
killed, the next step is queued again, and finds in the rows how far the one before came.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import CASCADE, SET_NULL
from django.utils import timezone

from accounts.administrators import LastAdministrator
from accounts.models import Proof, User
from forum.maintenance.deletion import erase_person
from forum.maintenance.erasure import (
    AT_ONCE,
    empty_comments,
    erase_texts,
    forget_answers,
    unsign_comments,
    withdraw_votes,
)
from privacy import letters, traces
from privacy.models import Deletion, Export

log = logging.getLogger(__name__)

SECONDS: Final = 1.0  # of work in one task
NO_WAIT: Final = timedelta(0)
# The email that says so goes out before its address is erased.
FAREWELL: Final = timedelta(minutes=1)
# They tell which addresses the person had, and go with the account.
GO_LAST: Final = (EmailAddress, Proof, Deletion, Export)

EraseNext = Callable[[User], bool]


def go_on(person_id: int) -> timedelta | None:
    """Erase more of an account that is due. Return how long the next step has to wait; None if
    there is none.
    """
    deletion = Deletion.objects.select_related("person").filter(pk=person_id).first()
    if deletion is None or deletion.due_at > timezone.now():
        return None
    deletion.renew()
    if deletion.began_at is None:
        return FAREWELL if _begin(deletion) else None
    return NO_WAIT if _erase_for_a_moment(deletion) else None


def _begin(deletion: Deletion) -> bool:
    try:
        return close_account(deletion, tells=True)
    except LastAdministrator:
        log.warning("The last administrator is not deleted. It is tried again in a day.")
        deletion.postpone()
        return False


@transaction.atomic
def close_account(deletion: Deletion, *, tells: bool) -> bool:
    """Let nobody sign in any more: from here on nothing undoes the deletion. Return False if it was
    undone a moment ago. Raises LastAdministrator.
    """
    person = User.objects.get_queryset().select_for_update().get(pk=deletion.pk)
    began = Deletion.objects.waiting().filter(pk=deletion.pk).update(began_at=timezone.now())
    if not began:
        return False
    person.is_active = False
    person.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=person):
        session.end()
    if tells:
        letters.account_deleted(person)
    return True


def _erase_for_a_moment(deletion: Deletion) -> bool:
    """Erase until the moment is over. Return False once the account is gone."""
    end = time.monotonic() + SECONDS
    while erase_next(deletion):
        if time.monotonic() > end:
            return True
    traces.forget(deletion.person)
    erase_person(deletion.person)
    return False


def erase_next(deletion: Deletion) -> bool:
    """Erase the next rows of the first kind of which there are any. Return False for none."""
    keeps = deletion.keeps_comments
    steps: list[EraseNext] = [
        withdraw_votes,
        erase_texts,
        partial(empty_comments, keeps_published=keeps),
        unsign_comments,
        forget_answers,
        release_next,
    ]
    return any(step(deletion.person) for step in steps)


def release_next(person: User) -> bool:
    """Delete or empty the next references to the person, as their table says."""
    return any(_release(relation, person) for relation in _references())


@transaction.atomic
def _release(relation: Any, person: User) -> bool:
    rows = relation.related_model._base_manager.filter(**{relation.field.name: person.pk})
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    found = rows.filter(pk__in=keys)
    if keys and relation.on_delete is SET_NULL:
        found.update(**{relation.field.name: None})
    elif keys:
        found.delete()
    return bool(keys)


def _references() -> list[Any]:
    """Return the columns that refer to people, hidden ones too."""
    fields = User._meta.get_fields(include_hidden=True)
    backwards = (field for field in fields if field.auto_created and not field.concrete)
    return [
        relation
        for relation in backwards
        if getattr(relation, "on_delete", None) in (CASCADE, SET_NULL)
        and relation.related_model not in GO_LAST
    ]
