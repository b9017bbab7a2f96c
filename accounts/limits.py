"""How often one may try. Counted by allauth over the `default` cache, exactly, under a lock of their own.

Count outside a transaction: what is counted inside one is forgotten when it is rolled back.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from allauth.core.internal import ratelimit
from allauth.decorators import rate_limit
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]

APP = "allauth.account"


class Limited(ValidationError):
    """Tried too often; `until` is when it can be tried again."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message, code="limited")
        self.until = until


def count_mail(request: HttpRequest, email: str) -> None:
    """One mail more to this address, whatever the door it is asked at. Raises Limited."""
    if not mail_allowed(request, email):
        raise mail_limited(request, email)


def mail_allowed(request: HttpRequest, email: str) -> bool:
    """Counts one mail more to this address, if it may have one."""
    return _consume(request, "mail", email.lower())


def mail_limited(request: HttpRequest, email: str) -> Limited:
    until = _until(request, "mail", email.lower())
    message = _(
        "No more mails can be sent just now. You can ask for another at %(time)s. The newest one you have still works."
    )
    return Limited(message % {"time": _clock(until)}, until)


def count_report(request: HttpRequest) -> None:
    """One report more from this network. Raises Limited."""
    if not _consume(request, "flag", ""):
        until = _until(request, "flag", "")
        message = _("Too many reports came from your network. You can send this one at %(time)s.")
        raise Limited(message % {"time": _clock(until)}, until)


def guess_allowed(request: HttpRequest, code: str) -> bool:
    """Counts one guess at a mailed code. Also exact for many guesses at once from one browser."""
    return _consume(request, "code", code)


def login_limited(request: HttpRequest, email: str) -> Limited:
    until = _until(request, "login_failed", email.lower())
    message = _(
        "There were too many tries to sign in. You can try your password again at %(time)s,"
        " or have a code mailed to you now."
    )
    return Limited(message % {"time": _clock(until)}, until)


def per_network(action: str) -> Callable[[View], View]:
    """For a view: so many requests a minute from one network, as allauth's setting for this action says."""

    def limited(view: View) -> View:
        return cast(View, rate_limit(action=action)(view))

    return limited


def _consume(request: HttpRequest, action: str, key: str) -> bool:
    return ratelimit.consume(request, app=APP, action=action, key=key, limit_get=True) is not None


def _until(request: HttpRequest, action: str, key: str) -> datetime:
    now = timezone.now()
    ends = [now]
    for rate in ratelimit.get_rates(app=APP, action=action):
        history = cache.get(ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
        if len(history) >= rate.amount:
            ends.append(datetime.fromtimestamp(history[-1] + rate.duration, tz=now.tzinfo))
    return max(ends)


def _clock(moment: datetime) -> str:
    """Rounded up to the minute: a time that is told is a time that holds."""
    return time_format(timezone.localtime(moment + timedelta(minutes=1)))
