"""Choices that a browser keeps: the colours and the language."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from accounts.models import User
from forum.discussion.csrf import from_our_page
from pagecache.key import THEMES
from pagecache.language import is_offered
from text.redirects import own_path

REMEMBERED = timedelta(days=400)  # the longest that browsers keep a cookie


@from_our_page  # the form is on pages that are the same for everybody, so it cannot carry a token
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    return _back(request, "theme", chosen if chosen in THEMES else "")


@from_our_page
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Set the language of this browser, and of whoever is signed in."""
    chosen = request.POST.get("language", "")
    if is_offered(chosen) and request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    name = settings.LANGUAGE_COOKIE_NAME
    return _back(request, name, chosen if is_offered(chosen) else "")


def _back(request: HttpRequest, name: str, value: str) -> HttpResponse:
    """Lead back to the page, and set the cookie; delete it without a value."""
    path = own_path(request.POST.get("next", ""), origin=settings.SITE_URL) or "/"
    response = HttpResponseRedirect(path, status=303)
    if not value:
        response.delete_cookie(name, samesite="Lax")
        return response
    response.set_cookie(
        name, value, max_age=REMEMBERED, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response
