"""The doors that open with a mailed code: signing in, signing up, a forgotten password."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.after_sign_in import Wanted
from accounts.challenges import Challenge, check_code, drop
from accounts.forms import CodeForm, EmailForm, SignupForm
from accounts.letter_status import status_of
from accounts.login import sign_in_by_proof
from accounts.models import Proof
from accounts.recovery import PAGES, begin
from accounts.responses import next_of, page, with_next
from accounts.signup_rules import closed_sign_up
from accounts.social import note_proven


@never_cache
@sensitive_post_parameters("password1")
@require_http_methods(["GET", "HEAD", "POST"])
@limits.per_network("signup")
def signup(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(next_of(request) or "account")
    if reason := closed_sign_up():
        return page(request, "account/signup_closed.html", reason=reason)
    if request.method != "POST":
        return page(
            request,
            "account/signup.html",
            SignupForm(initial={"email": request.GET.get("email", "")}),
        )
    form = SignupForm(request.POST)
    if not form.is_valid():
        return page(request, "account/signup.html", form)
    chosen = {"username": form.cleaned_data["username"], "password": form.password_hash}
    challenge = Challenge(
        purpose="signup", email=form.cleaned_data["email"], next_url=next_of(request), **chosen
    )
    return begin(request, challenge, form)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_code(request: HttpRequest, purpose: str) -> HttpResponse:
    """Asks for the address; the sign-in page's buttons bring it along in its own field."""
    if purpose == "login" and request.user.is_authenticated:
        return redirect(next_of(request) or "account")
    address = request.POST.get("email") or request.POST.get("login", "")
    if not address and "email" not in request.POST:
        return page(
            request, PAGES[purpose], EmailForm(initial={"email": request.GET.get("email", "")})
        )
    form = EmailForm({"email": address})
    if not form.is_valid():
        return page(request, PAGES[purpose], form)
    challenge = Challenge(
        purpose=purpose, email=form.cleaned_data["email"], next_url=next_of(request)
    )
    return begin(request, challenge, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest, purpose: str) -> HttpResponse:
    asked = Challenge.of(request, purpose)
    if asked is None:
        return page(request, "account/no_pending_code.html", purpose=purpose)
    challenge, proof = asked
    if purpose == "reset" and proof.is_recently_proven:
        return redirect(with_next(request, "account_complete_password_reset"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    try:
        if "resend" in request.POST:
            return _resend(request, challenge)
        if form.is_valid():
            check_code(request, proof, form.cleaned_data["code"])
            return _open(request, challenge, proof)
    except ValidationError as error:
        form.add_error("code", error)
    status = status_of(proof)
    return page(request, "account/code.html", form, challenge=challenge, letter=status)


def _resend(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    challenge.begin(request)
    sent = _("We sent a new code to %(email)s. Earlier codes no longer work.")
    messages.success(request, sent % {"email": challenge.email})
    return redirect(request.get_full_path())


def _open(request: HttpRequest, challenge: Challenge, proof: Proof) -> HttpResponse:
    if challenge.purpose == "reset":
        return redirect(with_next(request, "account_complete_password_reset"))
    if challenge.connects:
        note_proven(request)
    chosen = {"username": challenge.username, "password_hash": challenge.password}
    wanted = Wanted(next_of(request) or challenge.next_url or "/")
    response = sign_in_by_proof(request, proof, wanted, **chosen)
    drop(request)
    return response
