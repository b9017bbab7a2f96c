from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from config.context_processors import THEMES
from forum.origin import from_our_page

REMEMBERED = timedelta(days=400)  # the longest that browsers keep a cookie


@from_our_page  # the form is on pages that are the same for everybody, so it cannot carry a token
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(_way_back(request.POST.get("next", "")), status=303)
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        response.set_cookie("theme", chosen, max_age=REMEMBERED, secure=settings.HTTPS, httponly=True, samesite="Lax")
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def _way_back(path: str) -> str:
    ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if ours else "/"
