"""Pages for what went wrong: each says what happened, what was kept, and how to go on."""

import logging
import sys
from traceback import format_tb
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise

from config.context_processors import site
from config.language import activate_for
from database.outage import is_outage
from forum.discussion.csrf import Sender, sender_of

log = logging.getLogger(__name__)

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - a field's name
TEXTS = {"body", "words", "answer", "note"}
OTHER_BUTTONS = {"preview", "forgot", "sign_in"}  # of the composer, as text browsers send them
ONE_LINE = 100  # characters

RETRY_AFTER = "10"  # seconds until a database that restarts can be asked again


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"{status}.html", status=status)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": _said(exception)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    activate_for(request)  # where no address fits, nothing did it
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
    """Return a 503 that holds the fields of the form, ready to be sent again."""
    response = HttpResponse(_plain(request, "503.html"), status=503)
    response["Retry-After"] = RETRY_AFTER
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give back what was typed, in a form with a fresh token; a form of
    another site gets nothing.
    """
    if request.method != "POST" or sender_of(request) is Sender.FOREIGN:
        return render(request, "403.html", status=403)
    if TOKEN not in request.POST:
        return give_back(request, "sender")
    return give_back(request, "page" if settings.CSRF_COOKIE_NAME in request.COOKIES else "cookies")


def give_back(request: HttpRequest, cause: str) -> HttpResponse:
    """Answer a form that was not taken with what was typed, ready to be sent again."""
    return render(request, "403_csrf.html", {"cause": cause} | _form(request), status=403)


def _form(request: HttpRequest) -> dict[str, Any]:
    """Return what was sent, for `errors/form.html`."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    # A page made for a signed-out reader has no key; sent
    # again twice, it must still be one comment.
    fields = [(name, value or (str(uuid4()) if name == "key" else "")) for name, value in fields]
    fields = [(name, value) for name, value in fields if name != TOKEN and not _is_secret(name)]
    return {
        "action": request.get_full_path(),
        "texts": [(name, value) for name, value in fields if is_text(name, value)],
        "kept": [(name, value) for name, value in fields if not is_text(name, value)],
        "secrets": [name for name in request.POST if _is_secret(name)],
        "is_comment": _is_comment(request),
        # Long texts of other scripts would triple otherwise, beyond what a request may have.
        "is_multipart": request.content_type == "multipart/form-data",
    }


def _is_comment(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        bool(match and match.view_name == "post_comment")
        and not {"preview", "forgot", "sign_in"} & request.POST.keys()
    )


def _said(exception: Exception) -> str:
    """The translated sentence a view gave for its refusal; what
    Django says of patterns and queries is not one.
    """
    reason = exception.args[0] if exception.args else ""
    return str(reason) if isinstance(reason, Promise) else ""


def is_text(name: str, value: str) -> bool:
    """Return whether somebody typed it and may want to read or copy it."""
    return name in TEXTS or len(value) > ONE_LINE or "\n" in value


def _is_secret(name: str) -> bool:
    return "password" in name


def _plain(request: HttpRequest, template: str) -> str:
    context = site(request) | {"stylesheet": _stylesheet(), "csrf_token": get_token(request)}
    if request.method == "POST" and sender_of(request) is Sender.OURS:
        context |= _form(request)
    return render_to_string(template, context)


def _stylesheet() -> str:
    try:
        return staticfiles_storage.url("site.css")
    except ValueError:  # not collected: the page is plain, and still a page
        return ""
