"""Mail in two steps: a message is queued with what caused it, and the worker hands it to a transport."""

import logging
from collections.abc import Sequence
from datetime import timedelta
from email.utils import formatdate, make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)

# A server that is away for a day still gets the mail; after that somebody must look.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 18 * 60)]


class Queue(BaseEmailBackend):
    """Keeps messages as tasks, in the transaction that is open: what was undone sends no mail, what was done does."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            deliver.enqueue(letter(message))
        return len(email_messages)


class Outbox(BaseEmailBackend):
    """Writes each message as a file of its own; a file that is there is whole."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.OUTBOX_DIR
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}"
            unfinished = folder / f".{name}.tmp"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.replace(folder / f"{name}.eml")
        return len(email_messages)


def letter(message: EmailMessage) -> dict[str, Any]:
    """The message as plain data. Its Message-ID is made here, so that a letter sent twice can be known as one."""
    if message.attachments:
        raise ValueError("A mail with attachments cannot be queued.")
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=settings.SITE_HOST or "localhost"))
    message.extra_headers.setdefault("Date", formatdate())
    message.message()  # refuses line breaks in headers while the one who wrote them can still be told
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": message.to,
        "cc": message.cc,
        "bcc": message.bcc,
        "reply_to": message.reply_to,
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": [[str(content), kind] for content, kind in getattr(message, "alternatives", [])],
    }


@task(takes_context=True)
def deliver(context: TaskContext, fields: dict[str, Any], attempt: int = 0) -> None:
    """Sends one letter, and tries again when the server cannot take it now."""
    message = EmailMultiAlternatives(**fields, connection=get_connection(settings.MAIL_TRANSPORT))
    try:
        message.send()
    except (SMTPException, OSError) as error:
        if attempt == len(WAITS) or _is_final(error):
            raise
        log.warning("Mail could not be sent (%s); attempt %d follows.", type(error).__name__, attempt + 2)
        deliver.using(run_after=timezone.now() + WAITS[attempt]).enqueue(fields, attempt + 1)
    _forget(context)


def _is_final(error: Exception) -> bool:
    """Whether the server said that it will never take the letter."""
    codes = []
    if isinstance(error, SMTPResponseException):
        codes = [error.smtp_code]
    elif isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    return bool(codes) and min(codes) >= 500


def _forget(context: TaskContext) -> None:
    """Letters hold codes and links; none is kept once it went out."""
    DBTaskResult.objects.filter(pk=context.task_result.id).update(args_kwargs={"args": [{}], "kwargs": {}})
