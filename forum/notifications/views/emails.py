"""Buttons that turn emails on and off for a person who is signed in."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.limits import Limited, count_mail
from accounts.models import User
from forum.notifications.again import ask_owner
from forum.notifications.models.kind import Delivery
from forum.notifications.models.settings import NotificationSettings
from forum.notifications.views.back import back
from mail.models import Suppression


@require_POST
@login_required
def email_replies(request: HttpRequest) -> HttpResponse:
    """Email the person replies at once; with the field `off`, never."""
    delivery = Delivery.NEVER if "off" in request.POST else Delivery.AT_ONCE
    NotificationSettings.objects.update_or_create(
        person=cast(User, request.user), defaults={"replies": delivery}
    )
    is_on = delivery != Delivery.NEVER
    template = "forum/notifications/notice_email_replies.html"
    messages.success(request, render_to_string(template, {"is_on": is_on}, request))
    return back(request, otherwise="/")


@require_POST
@login_required
def email_again(request: HttpRequest) -> HttpResponse:
    """Email a link to somebody whose address gets no notifications: it confirms the address."""
    email = cast(User, request.user).email
    if Suppression.objects.of(email):
        try:
            count_mail(request, email)
        except Limited as limited:
            messages.error(request, limited.messages[0])
            return redirect("account")
        ask_owner(cast(User, request.user))
        said = _(
            "We sent an email to %(email)s. Press the button in it to get notifications again."
        )
        messages.success(request, said % {"email": email})
    return redirect("account")
