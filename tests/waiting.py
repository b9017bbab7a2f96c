"""Read what an answer says about when to come back."""

import re
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils import timezone

HTTP_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")


def seconds_to_wait(response: Any) -> float:
    """Return the seconds of Retry-After, which is a whole
    number of them or an HTTP date (RFC 9110, 10.2.3).
    """
    said = response["Retry-After"]
    if said.isascii() and said.isdigit():
        return int(said)
    assert HTTP_DATE.fullmatch(said), said
    return (parsedate_to_datetime(said) - timezone.now()).total_seconds()
