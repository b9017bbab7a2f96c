"""The worker's part: hand an email over, and try again until it is accepted or refused."""

import logging

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from mail.build import Content, from_content
from mail.failures import Failure, failure_of
from mail.models import UndeliveredEmail

log = logging.getLogger(__name__)


@task(takes_context=True)
def deliver(context: TaskContext, content: Content, attempt: int = 0) -> None:
    """Send one email for the first time; one that fails is stored and tried again from there."""
    if failure := send(content):
        with transaction.atomic():
            _fail(UndeliveredEmail.objects.store(content, tries=attempt), failure)
    _forget(context)


@task()
def deliver_again(pk: int) -> None:
    """Send a stored email; nothing where another worker sends it or it went out meanwhile."""
    email = UndeliveredEmail.objects.claim(pk)
    if email is None:
        return
    if failure := send(email.content):
        _fail(email, failure)
    else:
        email.delete()


def send(content: Content) -> Failure | None:
    try:
        from_content(content, get_connection(settings.MAIL_TRANSPORT)).send()
    except Exception as error:  # noqa: BLE001 - an email outlives every error, whatever its kind
        return failure_of(error)
    return None


@transaction.atomic
def send_again(email: UndeliveredEmail) -> None:
    """Queue a stored email for now, with all its tries before it."""
    email.start_over()
    deliver_again.enqueue(email.pk)


@transaction.atomic
def _fail(email: UndeliveredEmail, failure: Failure) -> None:
    email.fail(failure)
    if email.next_try_at is None:
        log.error("An email was not sent (%s) and is not tried again.", failure.summary)
    else:
        log.warning(
            "An email could not be sent (%s); try %d follows.", failure.summary, email.tries + 1
        )
        deliver_again.using(run_after=email.next_try_at).enqueue(email.pk)


def _forget(context: TaskContext) -> None:
    """Empty the task's arguments: emails hold codes and links, and none
    is kept after it went out.
    """
    DBTaskResult.objects.filter(pk=context.task_result.id).update(
        args_kwargs={"args": [{}], "kwargs": {}}
    )
