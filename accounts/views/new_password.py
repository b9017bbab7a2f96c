"""The end of a forgotten password: choose a new one, or skip. By the typed code, or by the mailed link."""

from allauth.account.internal.flows.password_reset import finalize_password_reset, reset_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.answers import next_of, page, with_next
from accounts.forms import NewPasswordForm
from accounts.models import User
from accounts.proofs import Proof
from accounts.reset_key import person_of_key, spend_key
from accounts.sign_in import let_in

LINK_SESSION_KEY = "accounts.reset_link"


@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(["GET", "HEAD", "POST"])
def after_code(request: HttpRequest) -> HttpResponse:
    proof = Proof.of(request, "reset")
    person = User.objects.with_email(proof.email) if proof and proof.opens else None
    if person is None or not person.is_active:
        if proof and proof.opens:
            proof.drop(request)
        return redirect(with_next(request, "account_confirm_password_reset_code"))
    return _choose_password(request, person)


@require_http_methods(["GET", "HEAD"])
@limits.per_network("reset_password_from_key")
def open_link(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """Looks at the link and spends nothing: scanners of mail open it, too.

    The form is on a page without the key in its address, because the address of this one goes to nobody:
    from a page that sends no referrer a browser sends no origin either, and its form would be refused.
    """
    if person_of_key(uidb36, key):
        request.session[LINK_SESSION_KEY] = [uidb36, key]
        response: HttpResponse = redirect(with_next(request, "account_reset_password_from_link"))
    else:
        response = page(request, "account/link_gone.html")
    response.headers["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response


@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(["GET", "HEAD", "POST"])
def after_link(request: HttpRequest) -> HttpResponse:
    uid, key = request.session.get(LINK_SESSION_KEY, ("", ""))
    person = person_of_key(uid, key)
    return _choose_password(request, person) if person else page(request, "account/link_gone.html")


def _choose_password(request: HttpRequest, person: User) -> HttpResponse:
    form = NewPasswordForm(person, request.POST if request.method == "POST" else None)
    skipped = "skip" in request.POST
    if request.method != "POST" or not (skipped or form.is_valid()):
        return page(request, "account/new_password.html", form, person=person)
    if not spend_key(person):
        return page(request, "account/link_gone.html")
    request.session.pop(LINK_SESSION_KEY, None)
    if proof := Proof.of(request, "reset"):
        proof.drop(request)
    return _skip(request, person) if skipped else _change(request, person, form.cleaned_data["password1"])


def _skip(request: HttpRequest, person: User) -> HttpResponse:
    return let_in(request, person, next_of(request))


def _change(request: HttpRequest, person: User, password: str) -> HttpResponse:
    person.confirm_email()
    reset_password(person, password)
    response = finalize_password_reset(request, person, email=person.email)
    return response or redirect(with_next(request, "account_login"))
