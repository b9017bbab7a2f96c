"""The language and time zone in which a person reads what is made without a page of theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from pagecache.language import is_offered


def reads_in(person: Any, language: str = "") -> dict[str, str]:
    """Return the language and time zone of a person for mail.letters.letter; "" for the site's.

    `language` is that of the page that causes the email, for people who have not chosen one.
    """
    chosen = person.language if person else ""
    return {
        "language": next(filter(is_offered, (chosen, language)), ""),
        "time_zone": person.time_zone if person else "",
    }


@contextmanager
def as_read_by(person: Any) -> Iterator[None]:
    """Activate the language and time zone of the person, in a task that makes a text for them."""
    reader = reads_in(person)
    language, time_zone = reader["language"] or settings.LANGUAGE_CODE, reader["time_zone"] or None
    with translation.override(language), timezone.override(time_zone):
        yield
