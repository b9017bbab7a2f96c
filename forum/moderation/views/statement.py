"""The pages on which a person reads decisions about them and objects to one."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from database.keyset import parse_number
from forum.log.models.action import ModerationAction
from forum.moderation.models.objection import Objection
from forum.moderation.objection_forms import ObjectionForm
from forum.moderation.statements import statements_page
from forum.people.models.moderator import Moderator


@require_safe
@login_required
def statements(request: HttpRequest) -> HttpResponse:
    actions, next_cursor = statements_page(
        request.user, after=parse_number(request.GET.get("after"))
    )
    return render(
        request,
        "forum/moderation/statements.html",
        {"actions": actions, "next_cursor": next_cursor},
    )


@require_safe
@login_required
def reasons(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect from the place of a comment to the latest decision about it."""
    latest = ModerationAction.objects.stated().filter(comment=pk, person=request.user.pk).first()
    if latest is None:
        raise Http404
    return redirect("statement", latest.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    action = _statement_at(request, pk)
    if request.method != "POST":
        return _page(request, action, ObjectionForm())
    if action.person_id != request.user.pk:
        raise PermissionDenied(
            gettext_lazy("Only the person the decision is about can object to it.")
        )
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _page(request, action, form, status=422)
    if not Objection.objects.open(
        action, by=cast(User, request.user), words=form.cleaned_data["words"]
    ):
        return _page(request, _statement_at(request, pk), form, is_too_late=True, status=409)
    messages.success(
        request, _("Your objection is with the moderators. We’ll email you the outcome.")
    )
    return redirect("statement", pk)


def _statement_at(request: HttpRequest, pk: int) -> ModerationAction:
    """Return the decision for the person concerned or a moderator of it; 404 for anybody else."""
    action = get_object_or_404(ModerationAction.objects.stated(), pk=pk)
    if action.person_id != request.user.pk and not Moderator.objects.may(
        request.user, action.topic_id
    ):
        raise Http404
    return action


def _page(
    request: HttpRequest, action: ModerationAction, form: ObjectionForm, **shown: object
) -> HttpResponse:
    status = cast(int, shown.pop("status", 200))
    context = {
        "action": action,
        "occasion": action.occasion,
        "objection": getattr(action, "objection", None),
        "is_open": action.open_to_objection_by(request.user),
        "is_mine": action.person_id == request.user.pk,
        "form": form,
        **shown,
    }
    return render(request, "forum/moderation/statement.html", context, status=status)
