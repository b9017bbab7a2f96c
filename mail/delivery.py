"""The worker's part: hand an email over, and try again until it is accepted or refused."""

import logging
from contextlib import suppress
from traceback import format_tb

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.dispatch import Signal
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from mail.build import Content, message_of
from mail.failures import Cause, Failure, failure_of
from mail.models import Suppression, UndeliveredEmail

log = logging.getLogger(__name__)

# Sent with `message_id` and `failure` (None: accepted) after each try.
answered = Signal()


def queue(content: Content) -> None:
    """Queue an email in the transaction that is open: what is rolled back sends nothing."""
    deliver.using(priority=content.get("priority", 0)).enqueue(content)


@task(takes_context=True)
def deliver(context: TaskContext, content: Content, attempt: int = 0) -> None:
    """Send one email for the first time; one that fails is stored and tried again from there."""
    connection = get_connection(settings.MAIL_TRANSPORT)
    failure = send(content, connection) if content else None
    if failure:
        with transaction.atomic():
            _fail(UndeliveredEmail.objects.store(content, tries=attempt), failure)
    _forget(context)
    _tell(content, failure)
    _take_leave(connection)


@task()
def deliver_again(pk: int) -> None:
    """Send a stored email; nothing where another worker sends it or it went out meanwhile."""
    email = UndeliveredEmail.objects.claim(pk)
    if email is None:
        return
    connection = get_connection(settings.MAIL_TRANSPORT)
    if failure := send(email.content, connection):
        _fail(email, failure)
    else:
        email.delete()
    _tell(email.content, failure)
    _take_leave(connection)


def _tell(content: Content, failure: Failure | None) -> None:
    """Tell whoever waits for the answer; their errors are not the email's."""
    if content:
        message_id = content["headers"]["Message-ID"]
        answered.send_robust(sender=None, message_id=message_id, failure=failure)


def send(content: Content, connection: BaseEmailBackend) -> Failure | None:
    """Hand the email over, and leave the connection open (see _take_leave)."""
    try:
        message = message_of(content)
    except Exception as error:  # noqa: BLE001 - it may be composed by a corrected version
        # Messages of errors quote what people typed; the place in the code does not.
        log.error("An email could not be composed:\n%s", "".join(format_tb(error.__traceback__)))
        return failure_of(error)._replace(cause=Cause.SITE)
    try:
        if message:
            message.connection = connection
            connection.open()
            message.send()
    except Exception as error:  # noqa: BLE001 - an email outlives every error, whatever its kind
        return failure_of(error)
    return None


def _take_leave(connection: BaseEmailBackend) -> None:
    """Say QUIT once it is recorded what became of the email.

    So where the server got a QUIT after it accepted an email, that email is never sent twice.
    """
    with suppress(Exception):
        connection.close()


@transaction.atomic
def send_again(email: UndeliveredEmail) -> None:
    """Queue a stored email for now, with all its tries before it."""
    email.start_over()
    deliver_again.enqueue(email.pk)


@transaction.atomic
def _fail(email: UndeliveredEmail, failure: Failure) -> None:
    email.fail(failure)
    if email.cause == Cause.RECIPIENT:
        Suppression.objects.stop(email.content["to"], cause=Suppression.Cause.REFUSED)
    if email.next_try_at is None:
        log.error("An email was not sent (%s) and is not tried again.", failure.summary)
        return
    log.warning(
        "An email could not be sent (%s); try %d follows.", failure.summary, email.tries + 1
    )
    priority = email.content.get("priority", 0)
    deliver_again.using(run_after=email.next_try_at, priority=priority).enqueue(email.pk)


def _forget(context: TaskContext) -> None:
    """Empty the task's arguments: emails hold codes and links, and none
    is kept after it went out.
    """
    DBTaskResult.objects.filter(pk=context.task_result.id).update(
        args_kwargs={"args": [{}], "kwargs": {}}
    )
