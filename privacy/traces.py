"""Traces of a person in tables that do not refer to them: sessions, tasks, emails, the admin's log.

They are found by the person's number, name and addresses, which have to be known still: so this
comes before the account's own rows are deleted.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import Proof, User
from mail.models import UndeliveredEmail
from mail.outbox import delete_letters
from privacy.mentions import Mentions, mentions_of
from privacy.models import Export
from privacy.notes import notes

if TYPE_CHECKING:
    from django.db.models import QuerySet

CHUNK = 500


def addresses_of(person: User) -> set[str]:
    """Return the addresses that the person has, had a short time ago, or wanted to have."""
    confirmed = person.emailaddress_set.values_list("email", flat=True)
    emailed = Proof.objects.filter(person=person).values_list("email", flat=True)
    return {person.email, *confirmed, *emailed}


def names_of(person: User) -> set[str]:
    """Return the name of the person and those before it, also from the admin's log."""
    former = person.former_names.values_list("name", flat=True)
    in_log = _log_about(person).values_list("object_repr", flat=True)
    return {person.username, *former, *in_log}


def forget(person: User) -> None:
    """Delete what the person left outside of their own rows."""
    addresses = addresses_of(person)
    mentions = mentions_of(names=names_of(person), addresses=addresses)
    _forget_sessions(person, mentions)
    _forget_tasks(mentions)
    _forget_emails(mentions)
    _forget_in_admin_log(person, mentions)
    for export in Export.objects.filter(person=person):
        export.discard()
    _forget_by_address(addresses)


def _forget_sessions(person: User, mentions: Mentions) -> None:
    """Delete the person's sessions, and others in which they typed their address."""
    store, key = SessionStore(), str(person.pk)
    for rows in _chunks(Session.objects.order_by("pk")):
        found = [
            row.pk
            for row in rows
            if (data := store.decode(row.session_data)).get(SESSION_KEY) == key or mentions(data)
        ]
        UserSession.objects.filter(session_key__in=found).delete()
        Session.objects.filter(pk__in=found).delete()


def _forget_tasks(mentions: Mentions) -> None:
    """Delete tasks that name the person: emails that were not sent, errors of failed tasks."""
    idle = DBTaskResult.objects.exclude(status=TaskResultStatus.RUNNING).order_by("pk")
    _delete_mentioning(idle, mentions, "args_kwargs", "return_value", "traceback")


def _forget_emails(mentions: Mentions) -> None:
    """Delete emails that were not delivered, and those in files, to the person or about them."""
    waiting = UndeliveredEmail.objects.order_by("pk")
    _delete_mentioning(waiting, mentions, "recipient", "content", "answer")
    delete_letters(mentions)


def _delete_mentioning(rows: "QuerySet[Any]", mentions: Mentions, *columns: str) -> None:
    for found in _chunks(rows):
        keys = [row.pk for row in found if any(mentions(getattr(row, name)) for name in columns)]
        rows.filter(pk__in=keys).delete()


def _forget_in_admin_log(person: User, mentions: Mentions) -> None:
    """Take the name out of what administrators changed about the person."""
    _log_about(person).update(object_id=None, object_repr="", change_message="")
    for rows in _chunks(LogEntry.objects.order_by("pk")):
        keys = [row.pk for row in rows if mentions([row.object_repr, row.change_message])]
        LogEntry.objects.filter(pk__in=keys).update(object_repr="", change_message="")


def _log_about(person: User) -> "QuerySet[LogEntry]":
    people = ContentType.objects.get_for_model(User)
    return LogEntry.objects.filter(content_type=people, object_id=str(person.pk))


def _forget_by_address(addresses: set[str]) -> None:
    """Delete the rows that name an address in the place of a person."""
    for note in notes():
        if note.is_by_address:
            note.rows_by_address(addresses).delete()


def _chunks(rows: "QuerySet[Any]") -> "Iterable[list[Any]]":
    """Yield the rows in the order of their keys, some at a time."""

    def read() -> Iterator[list[Any]]:
        after: Any = None
        while found := list((rows.filter(pk__gt=after) if after else rows)[:CHUNK]):
            yield found
            after = found[-1].pk

    return read()
