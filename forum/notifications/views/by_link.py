"""Answer the links of emails without signing in: GET shows a page, and its button acts.

The token in the address is all the permission that is needed, so the forms have no other, and mail
programs may post them (RFC 8058).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.links import Purpose, person_and_thing, thing_of
from articles.models import Article
from forum.discussion.csrf import View
from forum.discussion.models.comment import Comment
from forum.notifications import followers, following
from forum.notifications.leaving import emails_of
from mail.models import Suppression


def by_link(view: View) -> View:
    return never_cache(csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(view)))


@by_link
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    emails = emails_of(token)
    if emails is None:
        return _expired(request)
    if request.method == "POST":
        emails.leave()
    return _page(request, "forum/notifications/unsubscribe.html", emails=emails)


@by_link
def mute(request: HttpRequest, token: str) -> HttpResponse:
    person, thing = person_and_thing(Purpose.MUTE, token) or (None, [])
    if person is None:
        return _expired(request)
    there = Comment.objects.filter(discussion__article__in=Article.objects.published())
    thread = get_object_or_404(there.with_article(), pk=thing[0])
    if "off" in request.POST:
        following.unmute_thread(thread, by=person)
    elif request.method == "POST":
        following.mute_thread(thread, by=person)
    return _page(request, "forum/notifications/mute_thread.html", article=thread.discussion.article)


@by_link
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm that an address follows an article, or that it wants notifications again."""
    what, thing = thing_of(Purpose.CONFIRM, token) or (None, None)
    if what == "subscription":
        return _confirm_subscription(request, thing)
    if what != "address":
        return _expired(request)
    if request.method == "POST":
        Suppression.objects.filter(email=thing).delete()
    return _page(request, "forum/notifications/confirm_address.html", email=thing)


def _confirm_subscription(request: HttpRequest, key: Any) -> HttpResponse:
    if request.method == "POST":
        subscription = followers.confirm(key)
    else:
        subscription = followers.of_addresses().filter(pk=key).first()
    if subscription is None:
        return _expired(request)
    return _page(request, "forum/notifications/confirm_follow.html", article=subscription.article)


def _page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    is_done = request.method == "POST"
    context |= {"is_done": is_done, "is_undone": "off" in request.POST}
    return render(request, template, context)


def _expired(request: HttpRequest) -> HttpResponse:
    return render(request, "forum/notifications/link_expired.html", status=410)
