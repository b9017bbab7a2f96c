"""The page on which a person chooses what they are told of, and how."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import ModelForm, modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from database.keyset import parse_number
from forum.notifications.following import end_mute, end_subscription, subscriptions_page
from forum.notifications.models.settings import SETTING_OF, NotificationSettings
from forum.notifications.summary import SETTING as SUMMARY
from forum.people.models.mute import Mute

PEOPLE_SHOWN = 100  # who were muted last

FIELDS = list(dict.fromkeys(SETTING_OF.values()))
SettingsForm = modelform_factory(NotificationSettings, fields=FIELDS)
ModeratorSettingsForm = modelform_factory(NotificationSettings, fields=[*FIELDS, SUMMARY])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def settings(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    if request.method == "POST" and _end(request, person):
        return redirect("notification_settings")
    chosen = NotificationSettings.objects.filter(person=person).first()
    may_moderate = person.is_moderator or person.is_staff
    form = (ModeratorSettingsForm if may_moderate else SettingsForm)(
        request.POST if request.method == "POST" else None,
        instance=chosen or NotificationSettings(person=person),
    )
    if form.is_valid():
        # Not the whole row: the worker may change it meanwhile.
        NotificationSettings.objects.update_or_create(person=person, defaults=form.cleaned_data)
        messages.success(request, _("Your choices are saved."))
        return redirect("notification_settings")
    return _page(request, person, form)


def _end(request: HttpRequest, person: User) -> bool:
    """End what the pressed button names: a subscription, or the mute of a person."""
    if subscription := parse_number(request.POST.get("subscription")):
        end_subscription(subscription, by=person)
    elif mute := parse_number(request.POST.get("mute")):
        end_mute(mute, by=person)
    else:
        return False
    return True


def _page(request: HttpRequest, person: User, form: ModelForm) -> HttpResponse:
    after = parse_number(request.GET.get("after"))
    subscriptions, next_cursor = subscriptions_page(person, after=after)
    mutes = Mute.objects.filter(person=person).select_related("muted")
    context = {
        "form": form,
        "subscriptions": subscriptions,
        "next_cursor": next_cursor,
        "mutes": mutes[:PEOPLE_SHOWN],
    }
    status = 422 if form.is_bound else 200
    return render(request, "forum/notifications/settings.html", context, status=status)
