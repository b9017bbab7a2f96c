"""Requests of people for their own data, and for the end of their account."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from accounts.administrators import LastAdministrator
from accounts.models import User
from accounts.rights import demand_account
from privacy import erasure, letters, tasks
from privacy.models import Deletion, Export
from privacy.models.deletion import GRACE


@transaction.atomic
def request_export(person: User) -> Export | None:
    """Queue an export of the person's data. Return None if they had one lately."""
    _lock(person)
    former = Export.objects.of(person)
    if former and former.next_at > timezone.now():
        return None
    if former:
        former.discard()
    export = Export.objects.create(person=person)
    tasks.export_data.enqueue(str(export.pk))
    return export


@transaction.atomic
def request_deletion(person: User, *, keeps_comments: bool) -> Deletion:
    """Have the account deleted in a week, and sign the person out everywhere until then.

    A request that waits already stays as it is, unless the choice about comments is another one.
    Raises LastAdministrator.
    """
    _lock(person)
    if is_last_administrator(person):
        raise LastAdministrator
    for session in UserSession.objects.filter(user=person):
        session.end()
    waiting = Deletion.objects.of(person)
    if waiting and waiting.keeps_comments is keeps_comments:
        return waiting
    choice = {"keeps_comments": keeps_comments} | _due(timezone.now() + GRACE)
    deletion, _is_new = Deletion.objects.update_or_create(person=person, defaults=choice)
    letters.deletion_requested(deletion)
    return deletion


def delete_now(person: User, *, by: User) -> bool:
    """Delete an account that somebody else decided about: much of it now, the rest by tasks.

    Its comments stay without a name, unless the person had asked for another end. Return True if
    nothing is left. Raises NotAllowed and LastAdministrator.
    """
    demand_account("delete_person", by, person)
    with transaction.atomic():
        _lock(person)
        due = _due(timezone.now())
        deletion, _is_new = Deletion.objects.update_or_create(
            person=person, defaults=due, create_defaults={"keeps_comments": True} | due
        )
        erasure.close_account(deletion, tells=False)
    wait = erasure.go_on(person.pk)
    tasks.after_step(person.pk, wait)
    return wait is None


def is_last_administrator(person: User) -> bool:
    """Return whether no administrator would be left, not counting those who are leaving."""
    others = User.objects.administrators().filter(deletion=None).exclude(pk=person.pk)
    return person.is_administrator and not others.exists()


def _due(at: datetime) -> dict[str, datetime]:
    return {"due_at": at, "next_step_at": at}


def _lock(person: User) -> None:
    list(User.objects.select_for_update().filter(pk=person.pk).values_list("pk"))
