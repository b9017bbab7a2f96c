"""Email backends: the queue, and the transports that the worker chooses from."""

from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from mail.build import as_content
from mail.delivery import queue


class QueuedBackend(BaseEmailBackend):
    """Queue each email in the transaction that is open: what is rolled back sends nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        messages = [message for message in email_messages if has_recipient(message)]
        for message in messages:
            queue(as_content(message))
        return len(messages)


def has_recipient(message: EmailMessage) -> bool:
    return any(is_deliverable(address) for address in message.recipients())


def is_deliverable(address: str) -> bool:
    """Return False if the address cannot exist: people who were imported have one under
    `.invalid` (RFC 2606).
    """
    return not address.rstrip(">").endswith(".invalid")


class FileBackend(BaseEmailBackend):
    """Write each email to a file of its own; a file that exists is complete."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.OUTBOX_DIR
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}"
            unfinished = folder / f".{name}.tmp"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.replace(folder / f"{name}.eml")
        return len(email_messages)
