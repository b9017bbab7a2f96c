"""Pages for what went wrong: each says what happened, what was kept, and how to go on."""

import logging
import sys
from traceback import format_tb
from typing import Any
from uuid import uuid4

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise

from config.context_processors import site
from database.outage import is_outage
from forum.origin import is_from_our_page

log = logging.getLogger(__name__)

RETRY_AFTER = "10"  # seconds until a database that restarts can be asked again


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"{status}.html", status=status)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": _said(exception)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"reason": _said(exception)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of what may just have failed: no database, no session, no page around it."""
    kind, error, trace = sys.exc_info()
    # Messages of errors quote what people typed; the place in the code does not.
    log.error("%s\n%s", kind.__name__ if kind else "Error", "".join(format_tb(trace)))
    if is_outage(error):
        return unavailable(request)
    return HttpResponse(_plain(request, "500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Return a 503 that holds the words of the form, ready to be sent again."""
    response = HttpResponse(_plain(request, "503.html"), status=503)
    response["Retry-After"] = RETRY_AFTER
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Nothing that was typed is lost: what came from our own page can be sent again, with a fresh token."""
    form = _form(request)
    return render(request, "403_csrf.html" if form else "403.html", form, status=403)


def _form(request: HttpRequest) -> dict[str, Any]:
    """Return what a form of ours sent, for `errors/form.html`; nothing where it came from elsewhere."""
    if request.method != "POST" or not is_from_our_page(request):
        return {}
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    # A page made for a signed-out reader has no key; sent again twice, it must still be one comment.
    fields = [(name, value or (str(uuid4()) if name == "key" else "")) for name, value in fields]
    return {
        "action": request.get_full_path(),
        "body": request.POST.get("body"),
        "kept": [
            (name, value)
            for name, value in fields
            if name not in {"body", "csrfmiddlewaretoken"} and not _is_secret(name)
        ],
        "secrets": [name for name in request.POST if _is_secret(name)],
    }


def _said(exception: Exception) -> str:
    """The translated sentence a view gave for its refusal; what Django says of patterns and queries is not one."""
    reason = exception.args[0] if exception.args else ""
    return str(reason) if isinstance(reason, Promise) else ""


def _is_secret(name: str) -> bool:
    return "password" in name


def _plain(request: HttpRequest, template: str) -> str:
    token = {"csrf_token": get_token(request)}
    return render_to_string(template, site(request) | _form(request) | token | {"stylesheet": _stylesheet()})


def _stylesheet() -> str:
    try:
        return staticfiles_storage.url("site.css")
    except ValueError:  # not collected: the page is plain, and still a page
        return ""
