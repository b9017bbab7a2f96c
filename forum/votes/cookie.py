"""The vote that somebody pressed while signed out: a signed
cookie keeps it through the sign-in, no row does.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

LIFETIME = timedelta(hours=1)
VALUES = (1, -1)


def remember_vote(response: HttpResponse, comment: int, value: int) -> None:
    response.set_signed_cookie(
        settings.VOTE_COOKIE_NAME,
        f"{comment}:{value}",
        max_age=LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remembered_vote(request: HttpRequest, comment: int) -> int:
    """Return what was pressed on this comment, 0 where nothing was."""
    kept = request.get_signed_cookie(settings.VOTE_COOKIE_NAME, default="", max_age=LIFETIME)
    return next((value for value in VALUES if kept == f"{comment}:{value}"), 0)


def forget_vote(response: HttpResponse) -> None:
    response.delete_cookie(settings.VOTE_COOKIE_NAME, samesite="Lax")
    response.cookies[settings.VOTE_COOKIE_NAME]["secure"] = settings.SESSION_COOKIE_SECURE
