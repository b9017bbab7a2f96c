"""An email as plain data that a queue can hold, and the other way round."""

from email.utils import formatdate, make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

Content = dict[str, Any]


def as_content(message: EmailMessage) -> Content:
    """Return the message as JSON can hold it. Raise
    ValueError where it has a line break in a header.

    The Message-ID is made here, so that an email that is sent twice can be recognised as one.
    """
    if message.attachments:
        raise ValueError("An email with attachments cannot be queued.")
    host = settings.SITE_HOST or "localhost"
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=host))
    message.extra_headers.setdefault("Date", formatdate())
    # No out-of-office notice answers it (RFC 3834).
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    message.message()  # refuses line breaks while the code that wrote them is still running
    alternatives = getattr(message, "alternatives", [])
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": message.to,
        "cc": message.cc,
        "bcc": message.bcc,
        "reply_to": message.reply_to,
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": [[str(content), kind] for content, kind in alternatives],
    }


def from_content(content: Content, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    return EmailMultiAlternatives(**content, connection=connection)
