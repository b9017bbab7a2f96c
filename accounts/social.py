"""Accounts elsewhere, on their way to an account here.

An address that both have proves nothing: an account elsewhere is connected to an
account here when its owner signs in to it, by every step, in the browser that waits.
"""

import time
from typing import Any

from allauth.socialaccount.internal.flows.signup import clear_pending_signup, get_pending_signup
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.fields import known_spelling
from accounts.models import User
from accounts.names import clean_name
from text.email_addresses import NotAnAddress, canonical_address

AWAITED = "accounts.social"
PATIENCE = 15 * 60  # seconds


def vouched_address(pending: SocialLogin) -> str:
    """Return the address that the provider says it has confirmed, "" where there is none."""
    for address in pending.email_addresses:
        if address.verified is True:
            try:
                return canonical_address(address.email)
            except NotAnAddress:
                continue
    return ""


def suggested_name(pending: SocialLogin) -> str:
    """Return a name that the person has elsewhere, and could have here."""
    profile = pending.account.extra_data
    for name in (profile.get("name"), profile.get("preferred_username"), profile.get("login")):
        try:
            cleaned = clean_name(str(name or ""))
        except ValidationError:
            continue
        if not User.objects.has_name_like(cleaned):
            return cleaned
    return ""


def await_proof(request: HttpRequest, email: str, *, is_proven: bool) -> None:
    """Connect what is pending when the owner of this address signs in here soon.

    Where nobody vouches for the address, only the code that is sent now proves that the account
    elsewhere is theirs: whoever typed the address may have left the browser to its owner.
    """
    request.session[AWAITED] = {
        "email": known_spelling(email),
        "until": time.time() + PATIENCE,
        "is_proven": is_proven,
    }


def note_proven(request: HttpRequest) -> None:
    if awaited := request.session.get(AWAITED):
        request.session[AWAITED] = awaited | {"is_proven": True}


def connect_awaited(request: HttpRequest, person: Any) -> None:
    """Connect what was waiting for this person; forget what was waiting for another."""
    awaited = request.session.pop(AWAITED, None)
    if not awaited:
        return
    pending = get_pending_signup(request)
    clear_pending_signup(request)
    is_theirs = awaited["email"] == person.email and awaited["is_proven"]
    if pending is None or not is_theirs or time.time() > awaited["until"]:
        return
    pending.lookup()
    if pending.is_existing:  # somebody was quicker
        return
    pending.connect(request, person)
    words = _("You can sign in with %(provider)s from now on.")
    messages.success(request, words % {"provider": pending.provider.name})
