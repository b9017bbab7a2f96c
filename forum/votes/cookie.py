"""Keep the vote of a signed-out reader in a signed cookie until they have signed in."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from forum.votes.models import NO_VOTE, Vote

LIFETIME = timedelta(hours=1)


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
    """Return the vote on this comment in the cookie, or NO_VOTE."""
    kept = request.get_signed_cookie(settings.VOTE_COOKIE_NAME, default="", max_age=LIFETIME)
    values = (value for value in Vote.Value.values if kept == f"{comment}:{value}")
    return next(values, NO_VOTE)


def forget_vote(response: HttpResponse) -> None:
    response.delete_cookie(settings.VOTE_COOKIE_NAME, samesite="Lax")
    response.cookies[settings.VOTE_COOKIE_NAME]["secure"] = settings.SESSION_COOKIE_SECURE
