from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.challenges import Challenge
from accounts.fields import known_spelling
from accounts.forms import EmailForm
from accounts.limits import Limited
from accounts.responses import page


def begin_password_reset(request: HttpRequest, email: str, next_url: str = "") -> HttpResponse:
    """Email a code and a link to this address, and lead to the page where the code is typed.

    The answer is the same for every address, known or not. Asked too often, it is the form again,
    with the time at which it can be asked next (429).
    """
    challenge = Challenge(purpose="reset", email=known_spelling(email), next_url=next_url)
    return begin(request, challenge, EmailForm({"email": email}))


def begin(request: HttpRequest, challenge: Challenge, form: EmailForm) -> HttpResponse:
    try:
        challenge.begin(request)
    except Limited as limited:
        form.add_error("email", limited)
        return page(
            request, PAGES[challenge.purpose], form, redirect_field_value=challenge.next_url
        )
    return redirect(_step(CONFIRM[challenge.purpose], challenge.next_url))


def _step(name: str, next_url: str) -> str:
    return reverse(name) + (f"?{urlencode({'next': next_url})}" if next_url else "")


PAGES = {
    "login": "account/request_login_code.html",
    "reset": "account/password_reset.html",
    "signup": "account/signup.html",
}
CONFIRM = {
    "login": "account_confirm_login_code",
    "reset": "account_confirm_password_reset_code",
    "signup": "account_confirm_signup",
}
