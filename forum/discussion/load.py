"""Load the discussion or the comment of an address, or raise Http404."""

from typing import Any, cast

from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from database.prepared import PreparedQuery, param
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion, policy_of


def discussion_at(request: HttpRequest, slug: str) -> Discussion:
    for discussion in ON_A_PUBLIC_PAGE.objects(slug):
        return cast(Discussion, discussion)
    article = get_object_or_404(Article.objects.visible_to(request.user).at(slug))
    return Discussion.objects.of(article)


def led_to_present_address(request: HttpRequest, view: str, slug: str) -> HttpResponse:
    """Redirect from a former address of an article to the same view and query at its
    present one.
    """
    address, query = reverse(view, args=[slug]), request.META["QUERY_STRING"]
    return redirect(f"{address}?{query}" if query else address, permanent=True)


def comment_at(request: HttpRequest, pk: int) -> Comment:
    articles = Article.objects.visible_to(request.user)
    comments = Comment.objects.filter(discussion__article__in=articles, pk=pk)
    related = comments.select_related("author", "parent__author", "root", "discussion__article")
    policy = policy_of(OuterRef("discussion__article"), OuterRef("discussion__article__topic"))
    comment: Any = related.with_vote_of(request.user.pk).annotate(policy=policy).first()
    if comment is None:
        raise Http404(_("There is no comment at this address, and there never was one."))
    comment.discussion.policy = comment.policy
    return cast(Comment, comment)


def _public_discussion() -> "QuerySet[Discussion]":
    discussions = Discussion.objects.with_policy().filter(
        article__slug=str(param(1)),
        article__status=Article.Status.PUBLISHED,
        article__published_at__lte=Now(),
    )
    return discussions.select_related("article").order_by()


# Most posts come to a discussion that has comments, by the present address of a public article.
ON_A_PUBLIC_PAGE = PreparedQuery(_public_discussion)
