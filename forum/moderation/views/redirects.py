"""The response to a decision: the next case, with a notice and an undo."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from database.keyset import parse_number
from forum.log.models.action import ModerationAction
from forum.moderation.filters import FilterForm
from forum.moderation.queue_items import QueueItem
from forum.moderation.resolution_form import TERMS
from forum.people.scope import ModeratorScope


def is_by_script(request: HttpRequest) -> bool:
    """Return True if a script asks for a fragment of the open page."""
    return "fragment" in request.POST


def query_of(request: HttpRequest, scope: ModeratorScope) -> str:
    """Return the normalised query string of the queue from which the moderator came."""
    said = (
        request.POST.get("query", "") if request.method == "POST" else request.GET.get("query", "")
    )
    return FilterForm(QueryDict(said), scope=scope).filters().query


def respond(
    request: HttpRequest,
    lines: Sequence[ModerationAction],
    *,
    scope: ModeratorScope,
    item: QueueItem | None = None,
    items: Sequence[QueueItem] = (),
    **more: Any,
) -> HttpResponse:
    """Answer a decision with a fragment or a redirect.

    `item` is the case that is still open, `items` are those that an undo reopened.
    """
    query = query_of(request, scope)
    shown = [item] if item else list(items)
    context = {
        "lines": lines,
        "query": query,
        "items": shown,
        "terms": TERMS,
        "scope": scope,
        **more,
    }
    if is_by_script(request):
        return render(request, "forum/moderation/decision_fragment.html", context)
    say = messages.success if lines else messages.warning
    say(request, render_to_string("forum/moderation/notice.html", context, request))
    anchor = (
        shown[0].case.pk
        if shown and (items or not lines)
        else parse_number(request.POST.get("next"))
    )
    address = (
        reverse("queue")
        + (f"?{query}" if query else "")
        + (f"#case-{anchor}" if anchor else "#queue")
    )
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
