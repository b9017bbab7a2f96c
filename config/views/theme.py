from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from forum.discussion.csrf import from_our_page
from pagecache.key import THEMES
from text.redirects import own_path

REMEMBERED = timedelta(days=400)  # the longest that browsers keep a cookie


@from_our_page  # the form is on pages that are the same for everybody, so it cannot carry a token
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(
        own_path(request.POST.get("next", ""), origin=settings.SITE_URL) or "/", status=303
    )
    chosen = request.POST.get("theme")
    if chosen in THEMES:
        response.set_cookie(
            "theme",
            chosen,
            max_age=REMEMBERED,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
