from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from database.keyset import parse_number
from forum.cases.models import Case
from forum.log.models.action import ModerationAction
from forum.moderation.permissions import for_moderators, moderator
from forum.moderation.queue import queue_items_with_keys
from forum.moderation.undo import undo as undo_action
from forum.moderation.views.bulk import MOST_AT_ONCE
from forum.moderation.views.redirects import respond
from forum.people.scope import ModeratorScope, demand_undo


@require_POST
@for_moderators
def undo(request: HttpRequest, pk: int, *, scope: ModeratorScope) -> HttpResponse:
    """Undo a decision and those in `also` that were made with it, the last one first."""
    also = [number for text in request.POST.getlist("also") if (number := parse_number(text))]
    actions = ModerationAction.objects.filter(pk__in=[pk, *also[: 2 * MOST_AT_ONCE]]).order_by(
        "-pk"
    )
    found = list(
        actions.select_related("person", "comment__author", "comment__discussion__article")
    )
    if not found:
        raise Http404
    for action in found:
        demand_undo(action, moderator(request))
    lines = [line for action in found if (line := undo_action(action, by=moderator(request)))]
    reopened = Case.objects.waiting().filter(
        comment__in=[line.comment_id for line in lines if line.comment_id]
    )
    items = queue_items_with_keys(list(reopened.values_list("pk", flat=True)))
    return respond(
        request, lines, scope=scope, items=items, is_undo=True, missed=len(found) - len(lines)
    )
