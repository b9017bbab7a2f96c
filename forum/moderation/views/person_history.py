"""A person's record, and what is decided about the person themselves."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from database.keyset import BY_TIME, cursor_in
from forum.log.models.action import ModerationAction
from forum.moderation import decisions
from forum.moderation.models.takedown import Takedown
from forum.moderation.people_form import PeopleForm
from forum.moderation.permissions import NOT_THE_SITES, for_moderators, moderator
from forum.moderation.person_history import record_of
from forum.moderation.resolution_form import PersonSanctionForm
from forum.moderation.sanctions import impose, lift
from forum.people.models.sanction import Sanction
from forum.people.scope import ModeratorScope, allows_decision, demand_decision


@require_safe
@for_moderators
def people(request: HttpRequest, *, scope: ModeratorScope) -> HttpResponse:
    form = PeopleForm(request.GET)
    found = form.people() if form.is_valid() else []
    context = {"form": form, "people": found, "sanctions": Sanction.objects.latest_in_force()}
    return render(request, "moderation/people.html", context, status=422 if form.errors else 200)


@require_safe
@for_moderators
def record(request: HttpRequest, username: str, *, scope: ModeratorScope) -> HttpResponse:
    return _shown(
        request,
        _person(username),
        scope,
        form=PersonSanctionForm(initial={"days": 7}, label_suffix=""),
    )


@require_POST
@for_moderators
def measure(request: HttpRequest, username: str, *, scope: ModeratorScope) -> HttpResponse:
    person = _person(username)
    if not scope.is_site_wide:
        raise PermissionDenied(NOT_THE_SITES)
    demand_decision("suspend", moderator(request), person=person)
    form = PersonSanctionForm(request.POST, label_suffix="")
    decision = request.POST.get("decision")
    if decision == "lift":
        return _led_back(request, person, _lift(person, by=moderator(request)))
    if decision not in {"warn", "sanction"} or not form.is_valid():
        return _shown(request, person, scope, form=form, status=422)
    return _led_back(
        request, person, _measure(person, form, decision == "warn", by=moderator(request))
    )


@require_POST
@for_moderators
def undo_takedown(request: HttpRequest, pk: int, *, scope: ModeratorScope) -> HttpResponse:
    takedown = get_object_or_404(Takedown.objects.select_related("person", "sanction"), pk=pk)
    demand_decision("lift", moderator(request), person=takedown.person)
    if takedown.undo(by=moderator(request)):
        messages.success(
            request, _("Undone: the comments are visible again, and the person can comment.")
        )
    else:
        messages.info(request, _("Nothing was changed: somebody else decided first."))
    return HttpResponseRedirect(
        reverse("record", args=[takedown.person.username]), status=HTTPStatus.SEE_OTHER
    )


def _measure(
    person: User, form: PersonSanctionForm, is_warning: bool, *, by: User
) -> ModerationAction:
    said = form.cleaned_data
    if is_warning:
        return decisions.warn_person(person, by=by, reason=said["reason"], note=said["note"])
    until = timezone.now() + timedelta(days=said["days"]) if said["days"] else None
    sanction = Sanction(person=person, kind=said["sanction"], until=until, reason=said["reason"])
    if said["takedown"]:
        return Takedown.objects.begin(sanction, by=by, since=form.since, note=said["note"]).sanction
    return impose(sanction, by=by, note=said["note"])


def _lift(person: User, *, by: User) -> ModerationAction | None:
    sanction = Sanction.objects.of(person)
    return lift(sanction, by=by) if sanction else None


def _person(username: str) -> User:
    if "\0" in username:  # PostgreSQL holds no such text, and refuses to look for it
        raise Http404
    return get_object_or_404(User, username=username)


def _led_back(request: HttpRequest, person: User, line: ModerationAction | None) -> HttpResponse:
    if line:
        messages.success(
            request, render_to_string("moderation/notice.html", {"lines": [line]}, request)
        )
    else:
        messages.info(request, _("Nothing was changed: somebody else decided first."))
    return HttpResponseRedirect(
        reverse("record", args=[person.username]), status=HTTPStatus.SEE_OTHER
    )


def _shown(
    request: HttpRequest,
    person: User,
    scope: ModeratorScope,
    *,
    form: PersonSanctionForm,
    status: int = 200,
) -> HttpResponse:
    found = record_of(person, scope=scope, after=cursor_in(request.GET.get("after"), BY_TIME))
    may = scope.is_site_wide and allows_decision("suspend", moderator(request), person=person)
    context = {"record": found, "form": form, "scope": scope, "may_measure": may}
    return render(request, "moderation/person_history.html", context, status=status)
