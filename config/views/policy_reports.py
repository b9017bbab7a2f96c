"""Reports of browsers that the Content-Security-Policy stopped
something: counted, and shown to administrators.

Anybody can send any report. Size, pace and rows are bounded, and only a directive's
name and the origin that was blocked are kept.
"""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from ada_url import URL
from csp.utils import DEFAULT_DIRECTIVES
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.limits import Limited, count_policy_report
from config.models import OTHER, PolicyViolation

# Neither can be sent by a form of another site.
CONTENT_TYPES = {"application/csp-report", "application/reports+json"}
LARGEST = 16 * 1024  # bytes
MOST = 10  # reports in one request
ORIGIN_MAX_LENGTH = 100
WITH_ORIGIN = {"http:", "https:", "ws:", "wss:"}
# Written by browsers in the place of an address; of the other schemes nothing but the name is kept.
KEYWORDS = {"inline", "eval", "wasm-eval", "self", "trusted-types-policy", "trusted-types-sink"}
SCHEMES = {
    "about",
    "blob",
    "chrome-extension",
    "data",
    "filesystem",
    "moz-extension",
    "safari-web-extension",
}

Violation = tuple[str, str]  # directive, origin


@csrf_exempt
@require_POST
def collect(request: HttpRequest) -> HttpResponse:
    if request.content_type not in CONTENT_TYPES:
        return HttpResponse(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if len(request.body) > LARGEST:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        count_policy_report(request)
        found = list(violations_in(request.body))[:MOST]
    except Limited:
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS)
    except (ValueError, RecursionError):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    for directive, origin in found:
        PolicyViolation.objects.count_one(directive, origin)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def violations_in(body: bytes) -> Iterator[Violation]:
    """Read both forms: one report (report-uri), and a list
    with reports of other kinds too (report-to).
    """
    said = json.loads(body)
    if isinstance(said, dict) and isinstance(report := said.get("csp-report"), dict):
        directive = report.get("effective-directive") or report.get("violated-directive")
        yield _directive(directive), _origin(report.get("blocked-uri"))
    for each in said if isinstance(said, list) else []:
        if (
            isinstance(each, dict)
            and each.get("type") == "csp-violation"
            and isinstance(each.get("body"), dict)
        ):
            yield (
                _directive(each["body"].get("effectiveDirective")),
                _origin(each["body"].get("blockedURL")),
            )


def _directive(said: Any) -> str:
    name = str(said or "").partition(" ")[0]
    return name if name in DEFAULT_DIRECTIVES else OTHER


def _origin(said: Any) -> str:
    text = str(said or "")
    if text in KEYWORDS | SCHEMES:
        return text
    try:
        url = URL(text)
    except ValueError:
        return OTHER
    if url.protocol in WITH_ORIGIN:
        origin = str(url.origin)
        return origin if len(origin) <= ORIGIN_MAX_LENGTH else OTHER
    scheme = str(url.protocol).removesuffix(":")
    return scheme if scheme in SCHEMES else OTHER
