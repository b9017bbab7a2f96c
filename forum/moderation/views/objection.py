"""The pages on which moderators answer objections."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from database.keyset import parse_number
from forum.moderation.models.objection import Objection
from forum.moderation.objection_forms import ObjectionAnswerForm
from forum.moderation.objections import ABOUT, objections_page
from forum.moderation.permissions import for_moderators
from forum.people.scope import ModeratorScope


@require_safe
@for_moderators
def objections(request: HttpRequest, *, scope: ModeratorScope) -> HttpResponse:
    found, next_cursor = objections_page(scope, after=parse_number(request.GET.get("after")))
    return render(
        request,
        "forum/moderation/objections.html",
        {"objections": found, "next_cursor": next_cursor},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Objection.objects.select_related(*ABOUT, "decided_by"), pk=pk)
    if not found.decidable_by(request.user):
        raise PermissionDenied(
            gettext_lazy("Only moderators can answer objections, and not their own.")
        )
    waits = found.decided_at is None and found.needs_another_moderator(request.user)
    context = {"objection": found, "action": found.action, "waits_for_another": waits}
    if request.method != "POST":
        return render(
            request, "forum/moderation/objection.html", {**context, "form": ObjectionAnswerForm()}
        )
    if waits:
        raise PermissionDenied(
            gettext_lazy("You took this decision. Another moderator has to answer the objection.")
        )
    form = ObjectionAnswerForm(request.POST)
    if not form.is_valid():
        return render(
            request, "forum/moderation/objection.html", {**context, "form": form}, status=422
        )
    if not found.decide(by=cast(User, request.user), **form.cleaned_data):
        found.refresh_from_db()
        return render(
            request,
            "forum/moderation/objection.html",
            {**context, "was_first": True, "form": form},
            status=409,
        )
    messages.success(request, _("Answer sent. We emailed it to the person."))
    return redirect("objections")
