"""Rate limits, counted for a subject (an address, a browser), for a network and in all.

Strangers can use up the budgets that strangers share. They never use up the budget of a browser
in which the owner was signed in before (accounts.device), nor the part of an address's
emails that is reserved for account recovery. Count outside a transaction: what is counted
inside one is forgotten when it is rolled back.
"""

import math
from collections.abc import Callable
from datetime import datetime
from typing import cast

from allauth.core.internal.ratelimit import get_ip
from allauth.decorators import rate_limit
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import device
from accounts.counters import Budget, Rate, Spent, Use, clear, is_spent, take
from accounts.fields import known_spelling
from accounts.models import User
from accounts.tasks import tell_administrators

View = Callable[..., HttpResponse]

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60

MAIL_TO_ADDRESS = Rate("mail", 3, HOUR)
MAIL_BESIDE_RECOVERY = Rate("mail.beside", 2, HOUR)  # the third is for getting back in
MAIL_FROM_NETWORK = Rate("mail.network", 20, MINUTE)
MAIL_OF_DEVICE = Rate("mail.device", 3, HOUR)
PASSWORD_OF_NAME = Rate("password", 5, 5 * MINUTE)
PASSWORD_FROM_NETWORK = Rate("password.network", 10, MINUTE)
PASSWORD_OF_DEVICE = Rate("password.device", 5, 5 * MINUTE)
CODE_FROM_NETWORK = Rate("code.network", 10, 10 * MINUTE)
# Who guesses at a second factor has the first one already.
FACTOR_OF_PERSON = (Rate("factor", 5, 15 * MINUTE), Rate("factor.day", 30, DAY))
FACTOR_OF_DEVICE = (Rate("factor.device", 5, 15 * MINUTE), Rate("factor.device.day", 30, DAY))
USED_APP_CODE = Rate("factor.used", 1, 2 * MINUTE)  # longer than an app code is valid
REPORT_FROM_NETWORK = (Rate("report.minute", 10, MINUTE), Rate("report.hour", 60, HOUR))
DRAFT_FROM_NETWORK = (Rate("draft.minute", 10, MINUTE), Rate("draft.hour", 60, HOUR))
POLICY_REPORT_FROM_NETWORK = Rate("policy", 20, MINUTE)
POLICY_REPORT = Rate("policy.all", 100, MINUTE)
CHANGE_OF_PERSON = Rate("change", 20, MINUTE)
PICTURE_OF_PERSON = Rate("picture", 20, HOUR)  # each may take seconds to decode
NAME_OF_PERSON = Rate("name", 2, 30 * DAY)  # the second corrects a slip in the first
PREVIEW_FROM_NETWORK = (Rate("preview.minute", 60, MINUTE),)
SEARCH_FROM_NETWORK = (Rate("search", 60, MINUTE),)
PREVIEW_OF_PERSON = Rate("preview", 30, MINUTE)

# More than this in all comes from many networks: each of them is
# slowed down then, and administrators are told.
IN_ALL = {
    "mail": Rate("mail.all", 500, HOUR),
    "password": Rate("password.all", 300, HOUR),
    "code": Rate("code.all", 100, HOUR),
}
WHILE_ATTACKED = {kind: Rate(f"{kind}.attacked", 3, HOUR) for kind in IN_ALL}
ALARM = Rate("alarm", 1, HOUR)


class Limited(ValidationError):
    """Tried too often; `until` is when it can be tried again."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message % {"wait": wait_until(until)}, code="limited")
        self.until = until


def count_mail(request: HttpRequest, email: str, *, is_recovery: bool = False) -> None:
    """Count one email more to this address, whatever the door it is asked at. Raise Limited."""
    own = device.known(request, email)
    budgets = (
        [Budget(MAIL_OF_DEVICE, own)] if own else _mail_of_strangers(request, email, is_recovery)
    )
    try:
        take(*budgets)
    except Spent as spent:
        message = _("Too many emails. Use the latest code, or try again %(wait)s.")
        raise Limited(message, spent.until) from spent
    _note("mail")


def count_answer(email: str) -> bool:
    """Count an email that answers a report, to an address that anybody may have typed."""
    try:
        take(
            Budget(MAIL_TO_ADDRESS, known_spelling(email)),
            Budget(MAIL_BESIDE_RECOVERY, known_spelling(email)),
        )
    except Spent:
        return False
    return True


def count_report(request: HttpRequest) -> None:
    """Count one report more from this network. Raise Limited."""
    message = _("Too many reports from your network. Try again %(wait)s.")
    _take_from_network(request, REPORT_FROM_NETWORK, message)


def count_policy_report(request: HttpRequest) -> None:
    """Count one report more of a browser about the security policy. Raise Limited."""
    try:
        take(Budget(POLICY_REPORT_FROM_NETWORK, get_ip(request)), Budget(POLICY_REPORT))
    except Spent as spent:
        raise Limited(_("Too many reports. Try again %(wait)s."), spent.until) from spent


def count_draft(request: HttpRequest) -> None:
    """Count one comment more that somebody signed out leaves from this network. Raise Limited."""
    message = _(
        "Too many comments from your network. Sign in to post this one, or try again %(wait)s."
    )
    _take_from_network(request, DRAFT_FROM_NETWORK, message)


def count_change(request: HttpRequest) -> None:
    """Count one comment more that somebody signed in edits, deletes or
    brings back. Raise Limited.
    """
    _take_of_person(request, CHANGE_OF_PERSON, _("Too many changes. Try again %(wait)s."))


def count_name(person: User) -> None:
    """Count one more name that somebody gives themselves. Raise ValidationError.

    To be called in the transaction that saves the name: what is not saved is not counted.
    """
    try:
        take(Budget(NAME_OF_PERSON, str(person.pk)))
    except Spent as spent:
        message = _(
            "You have changed your name twice in 30 days. You can change it again on %(day)s."
        )
        day = date_format(timezone.localtime(spent.until), "DATE_FORMAT")
        raise ValidationError(message % {"day": day}, "limited") from spent


def count_picture(request: HttpRequest) -> None:
    """Count one picture more that somebody uploads. Raise Limited."""
    message = _("Too many pictures. Choose it again %(wait)s.")
    _take_of_person(request, PICTURE_OF_PERSON, message)


def count_preview(request: HttpRequest) -> None:
    """Count one preview more, of a person or, signed out, from a network. Raise Limited."""
    message = _("Too many previews. Try again %(wait)s.")
    if request.user.is_authenticated:
        _take_of_person(request, PREVIEW_OF_PERSON, message)
    else:
        _take_from_network(request, PREVIEW_FROM_NETWORK, message)


def count_search(request: HttpRequest) -> None:
    """Count one search more from this network. Raise Limited."""
    message = _("Too many searches from your network. Try again %(wait)s.")
    _take_from_network(request, SEARCH_FROM_NETWORK, message)


def take_code(request: HttpRequest, email: str) -> Use:
    """Count a guess at a mailed code, to be given back where it is right. Raise Limited."""
    if device.known(request, email):
        return take()  # the code's own attempts are enough
    try:
        return take(*_by_network(request, "code", CODE_FROM_NETWORK))
    except Spent as spent:
        message = _(
            "Too many wrong codes from your network. Try again %(wait)s, or open the link in the "
            "email."
        )
        raise Limited(message, spent.until) from spent


def take_factor(request: HttpRequest, person: User) -> Use:
    """Count a guess at a second factor, to be given back where it is right. Raise Limited."""
    own = device.known(request, person.email)
    strangers = [
        *(Budget(rate, str(person.pk)) for rate in FACTOR_OF_PERSON),
        *_by_network(request, "code", CODE_FROM_NETWORK),
    ]
    try:
        return take(*([Budget(rate, own) for rate in FACTOR_OF_DEVICE] if own else strangers))
    except Spent as spent:
        raise Limited(_("Too many wrong codes. Try again %(wait)s."), spent.until) from spent


def use_app_code(person: User, code: str) -> bool:
    """Return whether this code of an app was not used yet; from now on it is."""
    try:
        take(Budget(USED_APP_CODE, f"{person.pk} {code}"))
    except Spent:
        return False
    return True


def take_password(request: HttpRequest, email: str) -> Use:
    """Count a guess at a password, to be given back where it is right. Raise Limited."""
    own = device.known(request, email)
    by_name = Budget(PASSWORD_OF_NAME, known_spelling(email))
    strangers = [by_name, *_by_network(request, "password", PASSWORD_FROM_NETWORK)]
    try:
        return take(*([Budget(PASSWORD_OF_DEVICE, own)] if own else strangers))
    except Spent as spent:
        message = _(
            "Too many attempts to sign in. Try your password again %(wait)s, or sign in with a "
            "code by email."
        )
        raise Limited(message, spent.until) from spent


def note_wrong(kind: str) -> None:
    """Count a wrong password or code of the whole site;
    tell administrators when there are too many.
    """
    _note(kind)


def forgive_passwords(email: str) -> None:
    """Forget wrong passwords of a name whose owner has chosen a new one."""
    clear(Budget(PASSWORD_OF_NAME, known_spelling(email)))


def per_network(action: str) -> Callable[[View], View]:
    """Limit a view by network, at the rate of allauth's setting for this action."""

    def limited(view: View) -> View:
        return cast(View, rate_limit(action=action)(view))

    return limited


def wait_until(moment: datetime) -> str:
    """Return the wait in whole minutes, rounded up: a time that is told is a time that holds."""
    minutes = max(1, math.ceil((moment - timezone.now()).total_seconds() / MINUTE))
    return ngettext("in %(minutes)d minute", "in %(minutes)d minutes", minutes) % {
        "minutes": minutes
    }


def _mail_of_strangers(request: HttpRequest, email: str, is_recovery: bool) -> list[Budget]:
    rates = [MAIL_TO_ADDRESS] if is_recovery else [MAIL_TO_ADDRESS, MAIL_BESIDE_RECOVERY]
    to_address = [Budget(rate, known_spelling(email)) for rate in rates]
    return to_address + _by_network(request, "mail", MAIL_FROM_NETWORK)


def _by_network(request: HttpRequest, kind: str, rate: Rate) -> list[Budget]:
    rates = [rate, WHILE_ATTACKED[kind]] if is_spent(Budget(IN_ALL[kind])) else [rate]
    return [Budget(each, get_ip(request)) for each in rates]


def _take_from_network(request: HttpRequest, rates: tuple[Rate, ...], message: str) -> None:
    try:
        take(*(Budget(rate, get_ip(request)) for rate in rates))
    except Spent as spent:
        raise Limited(message, spent.until) from spent


def _take_of_person(request: HttpRequest, rate: Rate, message: str) -> None:
    try:
        take(Budget(rate, str(request.user.pk)))
    except Spent as spent:
        raise Limited(message, spent.until) from spent


def _note(kind: str) -> None:
    try:
        take(Budget(IN_ALL[kind]))
    except Spent:
        _raise_alarm(kind)


def _raise_alarm(kind: str) -> None:
    try:
        take(Budget(ALARM, kind))
    except Spent:
        return
    tell_administrators.enqueue(kind)
