"""The time at which a form was opened, signed in its idempotency key.

It adds no byte to the page, and nobody can forge it. The cached page for signed-out readers is the
same for everybody; its form has no key, so its time is unknown.
"""

from secrets import token_hex
from typing import Final

from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.utils import timezone

_SALT: Final = "forum.spam.opening"  # never renamed: it signs the forms that are open
# Whoever sends sooner has not even read the form.
SOON: Final = 2.0
# Nobody types as many characters a second. Some paste: it is a sign among others.
FAST: Final = 40


def new_key() -> str:
    return TimestampSigner(salt=_SALT).sign(token_hex(6))


def is_hurried(key: str, body: str) -> bool:
    """Return whether the form was sent sooner than a person could type this text."""
    try:
        TimestampSigner(salt=_SALT).unsign(key)
    except BadSignature:
        return False
    seconds = timezone.now().timestamp() - b62_decode(key.split(":")[1])
    if seconds < 0:  # a clock was set back: nothing is known
        return False
    return seconds < SOON or len(body) / seconds > FAST
