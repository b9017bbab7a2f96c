"""Keep what was wanted by who had to sign in first: a place, or something done there.

It goes with the sign-in through every step, in the session of the browser that began it.
"""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

ACT = "act"


class Wanted(NamedTuple):
    """A place of this site; `act` where a button was pressed that does something there, with what
    the view in settings.AFTER_SIGN_IN has to know.
    """

    url: str = ""
    act: dict[str, str] | None = None

    def for_login(self) -> dict[str, Any]:
        """Return the fields of allauth's Login in which it is kept."""
        return {
            "redirect_url": self.url or None,
            "signal_kwargs": None if self.act is None else {ACT: self.act},
        }


def act(request: HttpRequest, url: str | None, kept: dict[str, Any] | None) -> HttpResponse | None:
    """Do what was wanted. Return None where that is to go to the place, or to look at it first."""
    about = (kept or {}).get(ACT)
    if about is None or not url:
        return None
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    if match.view_name not in settings.AFTER_SIGN_IN:
        return None
    view = import_string(settings.AFTER_SIGN_IN[match.view_name])
    response: HttpResponse | None = view(request, about, **match.kwargs)
    return response
