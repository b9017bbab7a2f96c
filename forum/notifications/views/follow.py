"""The buttons that follow articles, passages, threads and topics, and mute threads and people."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from articles.models import Article, Topic
from forum.discussion.csrf import csrf_or_same_origin
from forum.discussion.load import comment_at
from forum.notifications import following
from forum.notifications.views.back import back
from forum.notifications.views.follow_by_email import follow_by_email


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_or_same_origin
def follow_article(request: HttpRequest, slug: str) -> HttpResponse:
    """Follow the article, or the passage of it with the anchor in the field `passage`; by the
    address in the field `email` without an account, for which a GET shows the form.
    """
    article = get_object_or_404(Article.objects.visible_to(request.user).at(slug))
    otherwise = f"{article.get_absolute_url()}#discussion"
    if not request.user.is_authenticated:
        stale = request.method == "POST" and "email" not in request.POST
        return redirect_to_login(request.path) if stale else follow_by_email(request, article)
    if request.method != "POST":
        return redirect(otherwise)
    if anchor := request.POST.get("passage"):
        passage = get_object_or_404(article.passages, anchor=anchor)
        return _pressed(request, otherwise=passage.get_absolute_url(), passage=passage)
    return _pressed(request, otherwise=otherwise, anchor="#discussion", article=article)


@require_POST
@login_required
def follow_thread(request: HttpRequest, pk: int) -> HttpResponse:
    comment = comment_at(request, pk)
    return _pressed(
        request,
        otherwise=comment.get_absolute_url(),
        anchor=f"#c{pk}",
        thread=comment.root or comment,
    )


@require_POST
@login_required
def follow_topic(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic, slug=slug)
    return _pressed(request, otherwise=topic.get_absolute_url(), topic=topic)


@require_POST
@login_required
def mute_thread(request: HttpRequest, pk: int) -> HttpResponse:
    comment = comment_at(request, pk)
    thread = comment.root or comment
    if "off" in request.POST:
        following.unmute_thread(thread, by=cast(User, request.user))
    else:
        following.mute_thread(thread, by=cast(User, request.user))
        _say(request, "forum/notifications/notice_thread_muted.html", thread=thread)
    return back(request, otherwise=comment.get_absolute_url())


@require_POST
@login_required
def mute_person(request: HttpRequest, username: str) -> HttpResponse:
    if "\0" in username:  # PostgreSQL holds no such text, and refuses to look for it
        raise Http404
    person = get_object_or_404(get_user_model(), username=username, is_active=True)
    if "off" in request.POST:
        following.unmute_person(person, by=cast(User, request.user))
    elif person != request.user:
        following.mute_person(person, by=cast(User, request.user))
        _say(request, "forum/notifications/notice_person_muted.html", person=person)
    return back(request, otherwise=person.get_absolute_url())


def _pressed(
    request: HttpRequest, *, otherwise: str, anchor: str = "", **target: Any
) -> HttpResponse:
    if "off" in request.POST:
        following.unfollow(by=cast(User, request.user), **target)
    else:
        _follow(request, **target)
    return back(request, otherwise=otherwise, anchor=anchor)


def _follow(request: HttpRequest, **target: Any) -> None:
    try:
        following.follow(by=cast(User, request.user), **target)
    except following.FollowsTooMuch:
        template = "forum/notifications/notice_follows_too_much.html"
        message = render_to_string(template, {"most": following.MOST_FOLLOWED}, request)
        messages.error(request, message)


def _say(request: HttpRequest, template: str, **context: Any) -> None:
    messages.success(request, render_to_string(template, context, request))
