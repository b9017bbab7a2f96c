import os
from http import HTTPStatus

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from config.serve.checks import unapplied_migrations
from database.writable import is_writable

ROOM = 1024 * 1024  # bytes without which nothing can be stored


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is up."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """It can serve: the database answers, takes writes and is
    as new as the code; there is room on the disk.
    """
    trouble = _trouble()
    status = HTTPStatus.SERVICE_UNAVAILABLE if trouble else HTTPStatus.OK
    return HttpResponse(f"{trouble or 'ok'}\n", content_type="text/plain", status=status)


def _trouble() -> str:
    try:
        if unapplied_migrations():
            return "the database is behind the code"
        if not is_writable():
            return "the database cannot be written to"
    except DatabaseError:
        return "the database does not answer"
    return "" if _room() > ROOM else "the disk of DATA_DIR is full"


def _room() -> int:
    disk = os.statvfs(settings.DATA_DIR)
    return disk.f_bavail * disk.f_frsize


PROBES = {"/healthz": healthz, "/readyz": readyz}
