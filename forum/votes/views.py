from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from articles.models import Article
from database.prepared import PreparedQuery, param
from forum.discussion.csrf import Sender, csrf_protect, sender_of
from forum.discussion.location import url_in_discussion
from forum.discussion.models.comment import Comment
from forum.discussion.reading import chosen_sorting
from forum.posting.refusals import Act, Refusal
from forum.votes.admission import admit
from forum.votes.cookie import forget_vote, remember_vote, remembered_vote
from forum.votes.models import NO_VOTE, Vote
from text.redirects import own_path

NOT_THERE = gettext_lazy("There is no comment at this address, and there never was one.")
VALUES = {str(int(value)): int(value) for value in (*Vote.Value, NO_VOTE)}


@csrf_exempt  # a signed-out reader's page has no token, and what it sends casts no vote
@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _pressed(request, pk) if request.user.is_authenticated else _signed_out(request, pk)
    if request.user.is_authenticated and (value := remembered_vote(request, pk)):
        return _cast_after_sign_in(request, pk, value)
    found = _comment(request, pk)
    try:
        admit(comment=found, by=request.user)
    except Refusal as refusal:
        return _refused(request, pk, refusal)
    own = Vote.objects.filter(comment=found, voter=request.user.pk).first()
    context = {
        "comment": found,
        "article": found.discussion.article,
        "vote": own,
        "downvotes": settings.DOWNVOTES,
    }
    return render(request, "forum/votes/vote.html", context)


@csrf_protect
def _pressed(request: HttpRequest, pk: int) -> HttpResponse:
    found, value = _comment_pressed(pk), VALUES.get(request.POST.get("value", ""))
    try:
        Vote.objects.cast(comment=found, by=cast(User, request.user), value=value)
    except Refusal as refusal:
        return _refused(request, pk, refusal)
    if _by_script(request):
        return JsonResponse({"votes": found.shown_votes, "value": value})
    return HttpResponseRedirect(_back(request, found), status=HTTPStatus.SEE_OTHER)


def _cast_after_sign_in(request: HttpRequest, pk: int, value: int) -> HttpResponse:
    """Cast the vote that somebody pressed before they signed in."""
    found = _comment_pressed(pk)
    try:
        Vote.objects.cast(comment=found, by=cast(User, request.user), value=value)
    except Refusal as refusal:
        response = _refused(request, pk, refusal)
    else:
        messages.success(request, _("Your vote is counted."))
        response = redirect(url_in_discussion(found, chosen=chosen_sorting(request)))
    forget_vote(response)
    return response


def _refused(request: HttpRequest, pk: int, refusal: Refusal) -> HttpResponse:
    status, message = refusal.status(Act.VOTE), refusal.message(Act.VOTE)
    if _by_script(request):
        return JsonResponse({"error": message}, status=status)
    comment = _comment(request, pk)
    context = {
        "comment": comment,
        "article": comment.discussion.article,
        "title": _("Your vote is not counted"),
        "message": message,
    }
    return render(request, "forum/refused.html", context, status=status)


def _signed_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirect to the sign-in page with the vote in a cookie. Only a form of this site may
    set it.
    """
    if _by_script(request):
        return JsonResponse({"error": _("Sign in first.")}, status=HTTPStatus.UNAUTHORIZED)
    response = redirect_to_login(request.path)
    if sender_of(request) is not Sender.OURS:
        return response
    if value := VALUES.get(request.POST.get("value", "")):
        remember_vote(response, pk, value)
    return response


def _back(request: HttpRequest, comment: Comment) -> str:
    """Return the page on which the button was pressed, at the comment."""
    site = f"{request.scheme}://{request.get_host()}"
    page = own_path(request.headers.get("Referer", ""), origin=site).partition("#")[0]
    if page.partition("?")[0] in {"", "/", request.path}:
        return url_in_discussion(comment, chosen=chosen_sorting(request))
    return f"{page}#c{comment.pk}"


def _by_script(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _comment(request: HttpRequest, pk: int) -> Comment:
    comments = Comment.objects.filter(
        discussion__article__in=Article.objects.visible_to(request.user)
    )
    found = comments.select_related("author", "discussion__article").filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_THERE)
    return found


def _comment_pressed(pk: int) -> Comment:
    """Return the comment with the few columns that a vote and the redirect need."""
    for found in ON_A_PUBLIC_PAGE.objects(pk):
        return cast(Comment, found)
    raise Http404(NOT_THERE)


def _comment_to_press() -> "QuerySet[Comment]":
    public = {
        "discussion__article__status": Article.Status.PUBLISHED,
        "discussion__article__published_at__lte": Now(),
    }
    found = (
        Comment.objects.filter(pk=param(1), **public)
        .select_related("root", "discussion__article")
        .order_by()
    )
    own = ("author", "status", "created_at", "reply_number", "rank", "discussion__article__slug")
    return found.only(*own, "root__discussion", "root__rank")


ON_A_PUBLIC_PAGE = PreparedQuery(_comment_to_press)
