"""An email as plain data that a queue can hold, and the other way round."""

from email.utils import formatdate, make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.utils.module_loading import import_string

Content = dict[str, Any]

BULK_PRIORITY = -50  # of tasks behind all that somebody waits for, such as a code
# No out-of-office notice answers it (RFC 3834).
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


def as_content(message: EmailMessage) -> Content:
    """Return the message as JSON can hold it. Raise
    ValueError where it has a line break in a header.

    The Message-ID is made here, so that an email that is sent twice can be recognised as one.
    """
    if message.attachments:
        raise ValueError("An email with attachments cannot be queued.")
    message.extra_headers.setdefault("Message-ID", make_msgid(domain=mail_host()))
    message.extra_headers.setdefault("Date", formatdate())
    message.extra_headers = AUTOMATIC | message.extra_headers
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


def deferred(composer: str, *arguments: Any, to: str, message_id: str, priority: int) -> Content:
    """Return an email that is composed anew for each try, so that it never says what was removed
    while it waited.

    `composer` is the whole name of a function that returns the message, or None if there is
    nothing to send any more.
    """
    return {
        "composer": composer,
        "arguments": arguments,
        "to": [to],
        "cc": [],
        "bcc": [],
        "headers": {"Message-ID": message_id, "Date": formatdate(), **AUTOMATIC},
        "priority": priority,
    }


def message_of(content: Content) -> EmailMessage | None:
    if "composer" not in content:
        return EmailMultiAlternatives(**content)
    message: EmailMessage | None = import_string(content["composer"])(*content["arguments"])
    if message:
        message.extra_headers |= content["headers"]
    return message


def mail_id(*words: Any) -> str:
    """Return the Message-ID that is made of these words, the same each time."""
    return f"<{'-'.join(map(str, words))}@{mail_host()}>"


def mail_host() -> str:
    return settings.SITE_HOST or "localhost"
