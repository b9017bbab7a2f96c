"""The end of a forgotten password: choose a new one, or
skip. By the typed code, or by the mailed link.
"""

from allauth.account.internal.flows.password_reset import finalize_password_reset, reset_password
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.after_sign_in import Wanted
from accounts.challenges import Challenge, drop
from accounts.forms import NewPasswordForm
from accounts.login import log_in
from accounts.models import Proof, User
from accounts.proofs import PASSWORD_LINK_PURPOSES
from accounts.responses import next_of, page, with_next

LINK_SESSION_KEY = "accounts.link"


@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(["GET", "HEAD", "POST"])
def after_code(request: HttpRequest) -> HttpResponse:
    asked = Challenge.of(request, "reset")
    if asked and asked[1].proven_at:
        person = _person_of(asked[1])
        if person and asked[1].is_recently_proven:
            return _choose_password(request, asked[1], person)
        drop(request)
    return redirect(with_next(request, "account_confirm_password_reset_code"))


@require_http_methods(["GET", "HEAD"])
@limits.per_network("reset_password_from_key")
def open_link(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """Look at the link and spend nothing: scanners of email open it, too.

    The form is on a page without the key in its address, because the address of
    this one goes to nobody: from a page that sends no referrer a browser sends no
    origin either, and its form would be refused.
    """
    token = f"{uidb36}-{key}"
    if _of_link(token):
        request.session[LINK_SESSION_KEY] = token
        response: HttpResponse = redirect(with_next(request, "account_reset_password_from_link"))
    else:
        response = _closed(request, token)
    response.headers["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response


@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(["GET", "HEAD", "POST"])
def after_link(request: HttpRequest) -> HttpResponse:
    token = request.session.get(LINK_SESSION_KEY, "")
    opened = _of_link(token)
    return _choose_password(request, *opened) if opened else _closed(request, token)


def _closed(request: HttpRequest, token: str) -> HttpResponse:
    """Say why the link opens nothing, and what to do instead."""
    why = Proof.objects.closed_link(token, *PASSWORD_LINK_PURPOSES)
    return page(request, "account/link_expired.html", why=why)


def _of_link(token: str) -> tuple[Proof, User] | None:
    proof = Proof.objects.by_link(token, *PASSWORD_LINK_PURPOSES)
    person = proof and _person_of(proof)
    return (proof, person) if proof and person and proof.fits(person=person) else None


def _person_of(proof: Proof) -> User | None:
    person = User.objects.with_email(proof.email)
    return person if person and person.is_active else None


def _choose_password(request: HttpRequest, proof: Proof, person: User) -> HttpResponse:
    form = NewPasswordForm(person, request.POST if request.method == "POST" else None)
    skipped = "skip" in request.POST
    if request.method != "POST" or not (skipped or form.is_valid()):
        return page(request, "account/new_password.html", form, person=person)
    with transaction.atomic():
        if not proof.spend(person=person):
            return _closed(request, proof.token)
        if not skipped:
            reset_password(person, form.cleaned_data["password1"])
    request.session.pop(LINK_SESSION_KEY, None)
    drop(request)
    if not skipped:
        finalize_password_reset(request, person, email=person.email)
    # Whoever forgot the password while writing wants to post: AFTER_SIGN_IN does it.
    return log_in(request, person, Wanted(next_of(request), act={}))
