"""The history of a person, and the decisions about the person as a whole."""

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
from database.keyset import BY_TIME, parse_cursor
from forum.log.models.action import ModerationAction
from forum.moderation import decisions
from forum.moderation.models.takedown import Takedown
from forum.moderation.people_form import PeopleForm
from forum.moderation.permissions import NOT_THE_SITES, for_moderators, moderator
from forum.moderation.person_history import person_history
from forum.moderation.resolution_form import PersonSanctionForm
from forum.moderation.sanctions import impose, lift
from forum.people.models.sanction import Sanction
from forum.people.scope import ModeratorScope, allows_decision, demand_decision


@require_safe
@for_moderators
def people(request: HttpRequest, *, scope: ModeratorScope) -> HttpResponse:
    form = PeopleForm(request.GET)
    context = {
        "form": form,
        "people": form.people() if form.is_valid() else [],
        "sanctions": Sanction.objects.latest_in_force(),
    }
    return render(
        request, "forum/moderation/people.html", context, status=422 if form.errors else 200
    )


@require_safe
@for_moderators
def history(request: HttpRequest, username: str, *, scope: ModeratorScope) -> HttpResponse:
    form = PersonSanctionForm(initial={"days": 7}, label_suffix="")
    return _render(request, _person(username), scope, form=form)


@require_POST
@for_moderators
def sanction(request: HttpRequest, username: str, *, scope: ModeratorScope) -> HttpResponse:
    person = _person(username)
    if not scope.is_site_wide:
        raise PermissionDenied(NOT_THE_SITES)
    by = moderator(request)
    demand_decision("suspend", by, person=person)
    form = PersonSanctionForm(request.POST, label_suffix="")
    decision = request.POST.get("decision")
    if decision == "lift":
        return _redirect_to_history(request, person, _lift(person, by=by))
    if decision not in {"warn", "sanction"} or not form.is_valid():
        return _render(request, person, scope, form=form, status=422)
    if decision == "warn":
        why = {name: form.cleaned_data[name] for name in ("reason", "note")}
        return _redirect_to_history(request, person, decisions.warn_person(person, by=by, **why))
    return _redirect_to_history(request, person, _impose(person, form, by=by))


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
        reverse("person_history", args=[takedown.person.username]), status=HTTPStatus.SEE_OTHER
    )


def _impose(person: User, form: PersonSanctionForm, *, by: User) -> ModerationAction:
    """Impose the sanction of the form; with a takedown where the form asks for one."""
    values = form.cleaned_data
    until = timezone.now() + timedelta(days=values["days"]) if values["days"] else None
    sanction = Sanction(
        person=person, kind=values["sanction"], until=until, reason=values["reason"]
    )
    if not values["takedown"]:
        return impose(sanction, by=by, note=values["note"])
    takedown = Takedown.objects.begin(sanction, by=by, since=form.since, note=values["note"])
    return takedown.sanction


def _lift(person: User, *, by: User) -> ModerationAction | None:
    sanction = Sanction.objects.of(person)
    return lift(sanction, by=by) if sanction else None


def _person(username: str) -> User:
    if "\0" in username:  # PostgreSQL holds no such text, and refuses to look for it
        raise Http404
    return get_object_or_404(User, username=username)


def _redirect_to_history(
    request: HttpRequest, person: User, action: ModerationAction | None
) -> HttpResponse:
    if action:
        messages.success(
            request, render_to_string("forum/moderation/notice.html", {"lines": [action]}, request)
        )
    else:
        messages.info(request, _("Nothing was changed: somebody else decided first."))
    return HttpResponseRedirect(
        reverse("person_history", args=[person.username]), status=HTTPStatus.SEE_OTHER
    )


def _render(
    request: HttpRequest,
    person: User,
    scope: ModeratorScope,
    *,
    form: PersonSanctionForm,
    status: int = 200,
) -> HttpResponse:
    may_sanction = scope.is_site_wide and allows_decision(
        "suspend", moderator(request), person=person
    )
    after = parse_cursor(request.GET.get("after"), BY_TIME)
    context = {
        "history": person_history(person, scope=scope, after=after),
        "form": form,
        "scope": scope,
        "may_sanction": may_sanction,
    }
    return render(request, "forum/moderation/person_history.html", context, status=status)
