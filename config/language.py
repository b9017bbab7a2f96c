"""Activate the reader's language and time zone.

Somebody signed in has their own, read with their row. Everybody else has the language that their
browser's cookie or Accept-Language names, as far as the site offers it, and the site's time zone.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from pagecache.language import is_offered, language_for, offers_several

# Views whose response is the same for everybody.
IN_THE_SITES_LANGUAGE = {"articles_feed", "article_feed", "live", "robots", "sitemap"}


class LanguageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(_language_of_browser(request)), timezone.override(None):
            response = self.get_response(request)
            language = translation.get_language()
        response.headers.setdefault("Content-Language", language)
        if offers_several() and not _is_for_everybody(request):
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        if _is_for_everybody(request):
            translation.activate(settings.LANGUAGE_CODE)
        else:
            activate_for(request)


def activate_for(request: HttpRequest) -> None:
    """Activate the language and time zone of whoever is signed in; nobody is looked up without a
    session.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return
    if is_offered(request.user.language):
        translation.activate(request.user.language)
    if request.user.time_zone:
        timezone.activate(request.user.time_zone)


def _language_of_browser(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return language_for(chosen, request.headers.get("Accept-Language", ""))


def _is_for_everybody(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in IN_THE_SITES_LANGUAGE
