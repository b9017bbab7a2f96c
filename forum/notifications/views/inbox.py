"""The list of notifications, and the buttons in it."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from database.keyset import parse_cursor, parse_number
from forum.discussion.location import url_in_discussion
from forum.discussion.reading import chosen_sorting
from forum.notifications.inbox import CURSOR, PER_PAGE, inbox_page
from forum.notifications.models.notification import Notification


@never_cache
@require_safe
@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    page = inbox_page(request.user, after=parse_cursor(request.GET.get("after"), CURSOR))
    return render(request, "forum/notifications/inbox.html", {"page": page})


@never_cache
@require_safe
@login_required
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect to what the notification is about, and mark it as read.

    A browser that loads the page in advance marks nothing.
    """
    rows = Notification.objects.of(request.user).shown()
    found = get_object_or_404(rows.select_related("comment__root", "objection"), pk=pk)
    if request.method == "GET" and "prefetch" not in request.headers.get("Sec-Purpose", ""):
        Notification.objects.filter(pk=pk).mark_read(by=cast(User, request.user))
    return redirect(_address(request, found))


@require_POST
@login_required
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark the notifications in the fields `n` as read, and all up to that in the field `all`."""
    newest = parse_number(request.POST.get("all")) or 0
    keys = [parse_number(key) for key in request.POST.getlist("n")[:PER_PAGE]]
    rows = Notification.objects.filter(Q(pk__lte=newest) | Q(pk__in=filter(None, keys)))
    rows.mark_read(by=cast(User, request.user))
    return redirect("notifications")


def _address(request: HttpRequest, notification: Notification) -> str:
    if notification.comment:
        return url_in_discussion(notification.comment, chosen=chosen_sorting(request))
    if notification.flag_id:
        return reverse("flags")
    if notification.objection:
        return reverse("statement", args=[notification.objection.action_id])
    return reverse("statement", args=[notification.action_id])
