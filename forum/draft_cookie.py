"""The browser that holds a draft: a signed cookie whose digest is stored with the words."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from forum.models.draft import DRAFT_LIFETIME


def token_in(request: HttpRequest) -> str:
    return request.get_signed_cookie(settings.DRAFT_COOKIE_NAME, default="", max_age=DRAFT_LIFETIME) or ""


def new_token() -> str:
    return secrets.token_urlsafe(24)


def holder_of(token: str) -> str:
    """What is stored: whoever reads the database cannot open a draft with it."""
    return sha256(token.encode()).hexdigest() if token else ""


def keep_token(response: HttpResponse, token: str) -> None:
    response.set_signed_cookie(
        settings.DRAFT_COOKIE_NAME,
        token,
        max_age=DRAFT_LIFETIME,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
