"""The doors from the articles' pages into the forum."""

from typing import Any

from django import template

from articles.models import Article
from forum.forms import CommentForm
from forum.models import Comment, Discussion, Draft
from forum.pages import discussion_page
from forum.views.composer import number_in

register = template.Library()


@register.inclusion_tag("forum/discussion.html", takes_context=True)
def discussion(context: dict[str, Any], article: Article) -> dict[str, Any]:
    request = context["request"]
    found = _discussion(context, article)
    asked = request.GET
    page = discussion_page(found, sort=asked.get("sort", ""), after=number_in(asked.get("after")))
    person = request.user
    unfinished = Draft.objects.unfinished_by(person, article).first() if person.is_authenticated else None
    form = CommentForm.blank(discussion=found, person=person)
    return {
        **_shared(context),
        "article": article,
        "discussion": found,
        "page": page,
        "form": form,
        "draft": unfinished,
    }


@register.simple_tag(takes_context=True)
def comment_count(context: dict[str, Any], article: Article) -> int:
    return _discussion(context, article).comment_count


@register.simple_tag
def recent_comments(number: int) -> list[Comment]:
    comments = Comment.objects.published().select_related("author", "discussion__article")
    return list(comments.order_by("-pk")[:number])


def _discussion(context: dict[str, Any], article: Article) -> Discussion:
    """Asked for once a page, however many places of it speak of the discussion."""
    page: dict[int, Discussion] = context["request"].__dict__.setdefault("discussions", {})
    if article.pk not in page:
        page[article.pk] = Discussion.objects.of(article)
    return page[article.pk]


def _shared(context: dict[str, Any]) -> dict[str, Any]:
    return {name: context.get(name) for name in ("request", "user", "perms", "csrf_token", "site_name")}
