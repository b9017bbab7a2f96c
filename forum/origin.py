"""Whether a request comes from a page of ours: the guard of forms that carry no token.

A signed-out reader's page is the same for everybody, so its forms cannot hold a token of their own.
What such a form does is to keep words and to send a mail; nothing is done in anybody's name.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


def is_from_our_page(request: HttpRequest) -> bool:
    """What the browser says of the sender, strictly: saying nothing at all is no."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is None and origin is None:
        return False
    ours = f"{request.scheme}://{request.get_host()}"
    return site in {None, "same-origin"} and origin in {None, ours}


def token_or_origin(view: View) -> View:
    """Asks a signed-in person for the CSRF token, and a signed-out reader for having come from our page."""
    with_token = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return with_token(request, *args, **kwargs)
        if request.method not in {"GET", "HEAD"} and not is_from_our_page(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
