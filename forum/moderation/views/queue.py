from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from database.keyset import parse_number
from forum.moderation.filters import FilterForm
from forum.moderation.live import live
from forum.moderation.models.saved_view import SavedView
from forum.moderation.permissions import for_moderators, moderator
from forum.moderation.queue import parse_queue_cursor, queue_page
from forum.moderation.resolution_form import TERMS
from forum.people.scope import ModeratorScope


@require_safe
@for_moderators
def queue(request: HttpRequest, *, scope: ModeratorScope) -> HttpResponse:
    form = FilterForm(request.GET, scope=scope)
    filters = form.filters()
    page = queue_page(scope, filters=filters, after=parse_queue_cursor(request.GET.get("after")))
    context = {
        "page": page,
        "form": form,
        "query": filters.query,
        "views": SavedView.objects.filter(person=moderator(request)),
        "terms": TERMS,
        "scope": scope,
    }
    return render(
        request, "forum/moderation/queue.html", context, status=422 if form.errors else 200
    )


@require_safe
@conditional_page
@for_moderators
def live_queue(request: HttpRequest, *, scope: ModeratorScope) -> HttpResponse:
    keys = [
        number for text in request.GET.get("cases", "").split(",") if (number := parse_number(text))
    ]
    return JsonResponse(live(scope, cases=keys, person=moderator(request)))
