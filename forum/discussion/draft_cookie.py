"""Bind drafts to a browser by a signed cookie, whose digest is stored with the draft."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from forum.discussion.models.draft import DRAFT_LIFETIME

TAKEN = "taken"
MARK_LIFETIME = timedelta(minutes=15)
_MARK_SALT = "forum.draft.written"


def token_in(request: HttpRequest) -> str:
    name, lifetime = settings.DRAFT_COOKIE_NAME, DRAFT_LIFETIME
    return request.get_signed_cookie(name, default="", max_age=lifetime) or ""


def new_token() -> str:
    return secrets.token_urlsafe(24)


def holder_of(token: str) -> str:
    """Return the digest that is stored: nobody can open a draft by reading the database."""
    return sha256(token.encode()).hexdigest() if token else ""


def written_mark(draft: UUID) -> str:
    """Return a mark for the address of a draft, which shows it right after it was written in a
    browser that keeps no cookies.
    """
    return signing.TimestampSigner(salt=_MARK_SALT).sign(str(draft))


def is_just_written(mark: str, draft: UUID) -> bool:
    signer = signing.TimestampSigner(salt=_MARK_SALT)
    try:
        return signer.unsign(mark, max_age=MARK_LIFETIME) == str(draft)
    except signing.BadSignature:
        return False


def keep_token(response: HttpResponse, token: str) -> None:
    response.set_signed_cookie(
        settings.DRAFT_COOKIE_NAME,
        token,
        max_age=DRAFT_LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def tell_taken(response: HttpResponse, ids: Iterable[str]) -> None:
    """Tell the browser which of its drafts the site has taken, so that it forgets them
    (static/forum/posting/drafts.js).
    """
    response.set_cookie(TAKEN, ".".join(ids), secure=settings.HTTPS, samesite="Lax")
