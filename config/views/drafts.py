"""A text that was sent: taken by the site, or given back to its writer."""

import re
from collections.abc import Callable
from itertools import starmap

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from config.views.errors import give_back, is_text
from forum.discussion.draft_cookie import tell_taken

Answer = Callable[[HttpRequest], HttpResponse]

DRAFT_ID = re.compile(r"[0-9-]{7,50}")
MOST_TAKEN = 10  # drafts of one form


class TakenDrafts:
    """Tells the browser which of its drafts the site has taken."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < 400:
            ids = [
                text
                for text in request.POST.getlist("draft")[:MOST_TAKEN]
                if DRAFT_ID.fullmatch(text)
            ]
            if ids:
                tell_taken(response, ids)
        return response


class ForgottenDrafts:
    """Takes a browser's hold on drafts away when its person signs
    out: the next one to sign in is somebody else.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.address = reverse("account_logout")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signs_out = request.method == "POST" and request.path == self.address
        # Who leaves a sign-in half way was not signed in, and still writes here.
        signs_out = signs_out and request.user.is_authenticated
        response = self.get_response(request)
        if signs_out and response.status_code < 400:
            response.delete_cookie(settings.DRAFT_COOKIE_NAME, samesite="Lax")
        return response


class SignedOutWriter:
    """Gives back what somebody typed whose session has ended: the page to sign in would lose it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.doors = tuple(f"{reverse(name)}?" for name in ("account_login", "admin:login"))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        leads_to_the_door = response.status_code == 302 and response.headers["Location"].startswith(
            self.doors
        )
        if request.method != "POST" or not leads_to_the_door or request.user.is_authenticated:
            return response
        return (
            give_back(request, "signed_out")
            if any(starmap(is_text, request.POST.items()))
            else response
        )
