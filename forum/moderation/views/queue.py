from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import conditional_page, require_safe

from database.keyset import number_in
from forum.moderation.answer_form import TERMS
from forum.moderation.filters import FilterForm
from forum.moderation.live import live
from forum.moderation.permissions import for_moderators, moderator
from forum.moderation.queue import cursor_in, queue_page
from forum.people.models.moderator import SavedView
from forum.people.reach import Reach


@require_safe
@for_moderators
def queue(request: HttpRequest, *, reach: Reach) -> HttpResponse:
    form = FilterForm(request.GET, reach=reach)
    filters = form.filters()
    page = queue_page(reach, filters=filters, after=cursor_in(request.GET.get("after")))
    context = {
        "page": page,
        "form": form,
        "query": filters.query,
        "views": SavedView.objects.filter(person=moderator(request)),
        "terms": TERMS,
        "reach": reach,
    }
    return render(request, "moderation/queue.html", context, status=422 if form.errors else 200)


@require_safe
@conditional_page
@for_moderators
def live_queue(request: HttpRequest, *, reach: Reach) -> HttpResponse:
    keys = [
        number for text in request.GET.get("cases", "").split(",") if (number := number_in(text))
    ]
    return JsonResponse(live(reach, cases=keys, person=moderator(request)))
