"""Choices that an account or a browser keeps: colours, language, the order of comments."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from accounts.models import User
from forum.discussion.csrf import from_our_page
from forum.discussion.sorting import BEST
from pagecache.key import ORDER_COOKIE, ORDERS, THEMES
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


@from_our_page
@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Set the order of comments and whether replies are collapsed, of whoever is signed in.

    Signed out, a cookie holds the order; the script keeps the other in this browser.
    """
    sort, folded = request.POST.get("sort", ""), request.POST.get("folded", "")
    order = sort if sort in ORDERS else ""
    is_order = sort in {BEST.name, *ORDERS}  # one that shows every comment
    if request.user.is_authenticated:
        choices: dict[str, Any] = {"comment_order": order} if is_order else {}
        choices |= {"folds_replies": folded == "1"} if folded in {"0", "1"} else {}
        if choices:
            User.objects.filter(pk=request.user.pk).update(**choices)
    elif is_order:
        return _back(request, ORDER_COOKIE, order)
    return _to_page(request)


def _to_page(request: HttpRequest) -> HttpResponse:
    path = own_path(request.POST.get("next", ""), origin=settings.SITE_URL) or "/"
    return HttpResponseRedirect(path, status=303)


def _back(request: HttpRequest, name: str, value: str) -> HttpResponse:
    """Lead back to the page, and set the cookie; delete it without a value."""
    response = _to_page(request)
    if not value:
        response.delete_cookie(name, samesite="Lax")
        return response
    response.set_cookie(
        name, value, max_age=REMEMBERED, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response
