"""Decisions about several cases at once. Each is an entry of its own, and one undo reverses all."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.rights import NotAllowed
from database.keyset import parse_number
from forum.cases.models import Case
from forum.log.models.action import ModerationAction
from forum.moderation.comment_actions import IN_BULK, NEEDS_REASON
from forum.moderation.permissions import for_moderators, moderator
from forum.moderation.resolution import AlreadyResolved, Resolution
from forum.moderation.views.redirects import respond
from forum.people.reasons import Reason
from forum.people.scope import ModeratorScope

MOST_AT_ONCE = 100


@require_POST
@for_moderators
def several(request: HttpRequest, *, scope: ModeratorScope) -> HttpResponse:
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "")
    keys = [number for text in request.POST.getlist("cases") if (number := parse_number(text))][
        :MOST_AT_ONCE
    ]
    lacks_reason = decision in NEEDS_REASON and reason not in Reason.values
    if decision not in IN_BULK or lacks_reason or not keys:
        return respond(request, [], scope=scope, chosen=len(keys), needs_choice=True)
    cases = Case.objects.filter(pk__in=keys).select_related(
        "comment__author", "comment__discussion__article"
    )
    mine = [case for case in cases.order_by("pk") if scope.includes(case.topic_id)]
    lines: list[ModerationAction] = []
    others = 0
    for case in mine:
        try:
            lines += Resolution(decision, reason=reason).apply(case, by=moderator(request))
        except (AlreadyResolved, NotAllowed):
            others += 1
    return respond(request, lines, scope=scope, is_several=True, others=others)
