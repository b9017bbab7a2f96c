"""Letters that were written to files, where no mail server is configured."""

from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from django.conf import settings


def delete_letters(is_to_be_deleted: Callable[[Any], bool]) -> None:
    """Delete the files of letters in which the function finds what it looks for."""
    for file in settings.OUTBOX_DIR.glob("*.eml"):
        message = message_from_bytes(file.read_bytes(), policy=policy.default)
        if is_to_be_deleted(list(_texts(message))):
            file.unlink(missing_ok=True)


def _texts(message: EmailMessage) -> Iterator[str]:
    yield from (str(value) for value in message.values())
    for part in message.walk():
        if part.get_content_maintype() == "text":
            yield str(part.get_content())
