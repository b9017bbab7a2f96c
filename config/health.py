from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from config.production import unapplied_migrations


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is up."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """It can serve: the database answers and is as new as the code."""
    try:
        state = "the database is behind the code" if unapplied_migrations() else "ok"
    except DatabaseError:
        state = "the database does not answer"
    return HttpResponse(f"{state}\n", content_type="text/plain", status=200 if state == "ok" else 503)
