from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from database.keyset import parse_number
from forum.log.models.action import ModerationAction
from forum.moderation.public_log import log_page
from forum.people.reasons import Reason


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show the public log of moderation."""
    asked = {"kind": ModerationAction.Kind.values, "reason": Reason.values}
    wanted = {
        name: request.GET.get(name, "")
        for name, values in asked.items()
        if request.GET.get(name) in values
    }
    lines, next_cursor = log_page(**wanted, after=parse_number(request.GET.get("after")))
    context = {
        "lines": lines,
        "next": urlencode({**wanted, "after": next_cursor}) if next_cursor else "",
        "wanted": wanted,
        "kinds": ModerationAction.Kind.choices,
        "reasons": Reason.choices,
    }
    return render(request, "forum/moderation/public_log.html", context)
