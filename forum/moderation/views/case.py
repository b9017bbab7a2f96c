"""The page of one case: show, claim and decide it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from database.keyset import parse_number
from forum.cases.models import Case
from forum.moderation.permissions import for_moderators, moderator
from forum.moderation.queue import queue_item
from forum.moderation.resolution import AlreadyResolved, CommentChanged
from forum.moderation.resolution_form import TERMS, ResolutionForm
from forum.moderation.views.redirects import is_by_script, query_of, respond
from forum.people.scope import ModeratorScope, require_scope


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def case(request: HttpRequest, pk: int, *, scope: ModeratorScope) -> HttpResponse:
    found = get_object_or_404(Case, pk=pk)
    require_scope(scope, found.topic_id)
    if request.method != "POST":
        return _shown(request, found, scope)
    form = ResolutionForm(request.POST, case=found, scope=scope, by=moderator(request))
    if not form.is_valid():
        return _shown(request, found, scope, form=form, status=422)
    resolution = form.resolution()
    try:
        lines = resolution.apply(found, by=moderator(request))
    except AlreadyResolved:
        return _shown(request, found, scope, status=409)
    except CommentChanged:
        return _shown(request, found, scope, form=form, has_changed=True, status=409)
    waits = resolution.action in {"hold", "warn"} or not lines
    _claim_next(request, scope)
    return respond(request, lines, item=queue_item(found) if waits else None, scope=scope)


@require_POST
@for_moderators
def claim(request: HttpRequest, pk: int, *, scope: ModeratorScope) -> HttpResponse:
    """Tell other moderators that this one looks at the case. It blocks nobody."""
    found = get_object_or_404(Case.objects.select_related("claimed_by"), pk=pk)
    require_scope(scope, found.topic_id)
    is_mine = Case.objects.filter(pk=pk).claim(by=moderator(request))
    return JsonResponse({"by": "" if is_mine else found.claimed_by_other_than(moderator(request))})


def _claim_next(request: HttpRequest, scope: ModeratorScope) -> None:
    """Claim the next case for a browser without scripts, which is led there."""
    following = parse_number(request.POST.get("next"))
    if following and not is_by_script(request):
        cases = Case.objects.filter(pk=following)
        if scope.topics is not None:
            cases = cases.filter(topic__in=scope.topics)
        cases.claim(by=moderator(request))


def _shown(
    request: HttpRequest, case: Case, scope: ModeratorScope, *, status: int = 200, **more: Any
) -> HttpResponse:
    item = queue_item(case)
    context = {
        "item": item,
        "query": query_of(request, scope),
        "terms": TERMS,
        "scope": scope,
        **more,
    }
    return render(request, "forum/moderation/case.html", context, status=status)
