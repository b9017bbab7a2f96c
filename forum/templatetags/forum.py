"""The doors from the articles' pages into the forum."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from accounts.models import User
from articles.models import Article, FAQEntry, Passage
from articles.structured_data import article_graph, as_script
from forum.cases import wait_time
from forum.discussion.draft_cookie import holder_of, token_in
from forum.discussion.for_reader import discussion_of
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.pages import DiscussionPage, discussion_page
from forum.discussion.rendering.comment_html import CommentRenderer, moderates
from forum.discussion.rendering.passage_links import PassageLinks
from forum.discussion.rendering.references import fill_in
from forum.discussion.sorting import sorting_named
from forum.discussion.structured_data import comments as comments_as_data
from forum.discussion.tree import Row
from forum.posting.forms import CommentForm
from forum.screening.trust import trust_of
from pagecache.decorators import quotes

register = template.Library()


@register.inclusion_tag("forum/discussion.html", takes_context=True)
def discussion(context: dict[str, Any], article: Article) -> dict[str, Any]:
    person = context["request"].user
    page = _page(context, article)
    _fill_in(context, page)
    return {
        **_shared(context),
        "article": article,
        "discussion": page.discussion,
        "page": page,
        "moderates": moderates(page.discussion, person),
        "form": CommentForm.blank(discussion=page.discussion, person=person),
    }


@register.simple_tag(takes_context=True)
def comments(
    context: dict[str, Any], rows: list[Row], discussion: Discussion, about: Passage | None = None
) -> SafeString:
    """The one place where comments become markup, free of
    anything personal for whoever is signed out.
    """
    renderer = CommentRenderer(discussion, context["user"], about=about)
    html = SafeString(renderer.render(rows))
    quotes(context["request"], renderer.quoted)
    return html


@register.simple_tag(takes_context=True)
def text_to_comment_on(context: dict[str, Any], article: Article) -> SafeString:
    links = _passage_links(context, article)
    return links.in_text() if links else SafeString(article.body_html)


@register.simple_tag(takes_context=True)
def answer_to_comment_on(context: dict[str, Any], article: Article, entry: FAQEntry) -> SafeString:
    links = _passage_links(context, article) if hasattr(entry, "passage") else None
    return links.in_answer(entry) if links else SafeString(entry.answer_html)


@register.simple_tag(takes_context=True)
def comment_on(
    context: dict[str, Any], article: Article, passage: Passage | None
) -> SafeString | str:
    """The small link beside a fact."""
    links = _passage_links(context, article)
    return links.beside(passage.anchor, passage.kind) if links and passage else ""


@register.simple_tag(takes_context=True)
def comment_count(context: dict[str, Any], article: Article) -> int:
    return _discussion(context, article).comment_count


@register.simple_tag(takes_context=True)
def version_of(context: dict[str, Any], article: Article) -> str:
    """Another one whenever the article, or what it says of its discussion, would look different."""
    author, topic = article.author, article.topic
    people = f"{author.username} {author.is_active}" if author else ""
    where = f"{topic.name} {topic.slug}" if topic else ""
    state = (
        f"{article.updated_at.isoformat()} {article.is_published} "
        f"{_discussion(context, article).version}"
    )
    return f"{article.pk} {state} {get_language()} {people} {where}"


@register.simple_tag(takes_context=True)
def discussion_is_open(context: dict[str, Any], article: Article) -> bool:
    return _discussion(context, article).is_open


@register.simple_tag(takes_context=True)
def meet_discussions(context: dict[str, Any], articles: list[Article]) -> str:
    """Asks once for the discussions of a list of articles, so that their
    counts need no query each.
    """
    found = {
        discussion.article_id: discussion
        for discussion in Discussion.objects.filter(article__in=articles)
    }
    _known(context).update(
        {article.pk: found.get(article.pk) or Discussion(article=article) for article in articles}
    )
    return ""


@register.simple_tag(takes_context=True)
def structured_data(
    context: dict[str, Any], article: Article, faq: Iterable[FAQEntry]
) -> SafeString:
    page = _page(context, article)
    count = page.discussion.comment_count
    return as_script(
        article_graph(article, faq, comment_count=count, comments=comments_as_data(page.rows))
    )


@register.simple_tag
def recent_comments(number: int) -> list[Comment]:
    newest = Comment.objects.published().select_related("author").with_article()
    return list(newest.newest()[:number])


@register.filter
def wait_in_words(wait: timedelta) -> str:
    return wait_time.in_words(wait)


@register.simple_tag
def is_trusted(person: User) -> bool:
    """Asked on the person's own account page."""
    return trust_of(person).is_trusted


def _passage_links(context: dict[str, Any], article: Article) -> PassageLinks | None:
    """Where the article has a discussion to be seen."""
    if not article.is_published or context.get("is_preview"):
        return None
    return PassageLinks(article, _discussion(context, article).passage_counts)


def _page(context: dict[str, Any], article: Article) -> DiscussionPage:
    """Read once a request, however many places of the page speak of the discussion."""
    request = context["request"]
    pages: dict[int, DiscussionPage] = request.__dict__.setdefault("discussion_pages", {})
    if article.pk not in pages:
        sorting = sorting_named(request.GET.get("sort"))
        after = sorting.parse_cursor(request.GET.get("after"))
        found = _discussion(context, article)
        pages[article.pk] = discussion_page(
            found, sorting=sorting, after=after, person=request.user
        )
    return pages[article.pk]


def _fill_in(context: dict[str, Any], page: DiscussionPage) -> None:
    """What the comments of the page and the pinned one refer to costs one query."""
    pinned = Comment(html=getattr(page.discussion, "pinned_html", None) or "")
    quoted = fill_in([pinned, *(row.comment for row in page.rows if row.comment.is_published)])
    page.discussion.__dict__["pinned_html"] = pinned.shown_html
    quotes(context["request"], quoted)


def _discussion(context: dict[str, Any], article: Article) -> Discussion:
    known, request = _known(context), context["request"]
    if article.pk not in known:
        known[article.pk] = discussion_of(
            article, person=request.user, holder=holder_of(token_in(request))
        )
    return known[article.pk]


def _known(context: dict[str, Any]) -> dict[int, Discussion]:
    discussions: dict[int, Discussion] = context["request"].__dict__.setdefault("discussions", {})
    return discussions


def _shared(context: dict[str, Any]) -> dict[str, Any]:
    return {
        name: context.get(name) for name in ("request", "user", "perms", "csrf_token", "site_name")
    }
