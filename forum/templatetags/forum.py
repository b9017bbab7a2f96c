"""Template tags through which article pages show forum content."""

from collections.abc import Iterable
from datetime import timedelta
from math import ceil
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language

from accounts.models import User
from articles.models import Article, FAQEntry, Passage, byline_of
from articles.structured_data import article_graph, as_script
from forum.discussion.choices import Choices, choices_of
from forum.discussion.draft_cookie import holder_of, token_in
from forum.discussion.for_reader import discussion_of
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.pages import DiscussionPage, discussion_page
from forum.discussion.reading import sorting_of
from forum.discussion.rendering.comment_html import CommentRenderer, moderates
from forum.discussion.rendering.passage_links import PassageLinks
from forum.discussion.rendering.references import fill_in
from forum.discussion.script_strings import counted_strings
from forum.discussion.structured_data import comments as comments_as_data
from forum.discussion.tree import Row
from forum.posting.forms import CommentForm
from forum.screening.trust import trust_of
from pagecache.decorators import quotes
from text.durations import in_words

register = template.Library()


@register.inclusion_tag("forum/discussion/discussion.html", takes_context=True)
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
        # Signed out, the script of the page folds them.
        "folded": getattr(person, "folds_replies", False),
    }


@register.simple_tag(takes_context=True)
def comments(
    context: dict[str, Any],
    rows: list[Row],
    discussion: Discussion,
    about: Passage | None = None,
    folded: bool = False,
) -> SafeString:
    """Render comments. For signed-out readers the HTML has nothing personal, so it can be
    cached.
    """
    choices = _choices(context, discussion)
    renderer = CommentRenderer(discussion, context["user"], choices=choices, about=about)
    html = SafeString(renderer.render(rows, folded=folded))
    quotes(context["request"], renderer.quoted)
    return html


@register.simple_tag(takes_context=True)
def chose(context: dict[str, Any], discussion: Discussion, what: str, key: int) -> bool:
    """Return whether the person follows or muted something in the discussion."""
    return key in getattr(_choices(context, discussion), what)


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
    """Render the small link beside a fact."""
    links = _passage_links(context, article)
    return links.beside(passage.anchor, passage.kind) if links and passage else ""


@register.simple_tag(takes_context=True)
def comment_count(context: dict[str, Any], article: Article) -> int:
    return _discussion(context, article).comment_count


@register.simple_tag(takes_context=True)
def version_of(context: dict[str, Any], article: Article) -> str:
    """Return a text that changes whenever the article, or the line about its discussion, looks
    different.
    """
    topic = article.topic
    people = [f"{each} {each.person.is_active}" for each in byline_of(article) if each.person]
    where = f"{topic.name} {topic.slug}" if topic else ""
    version = _discussion(context, article).version
    state = f"{article.updated_at.isoformat()} {article.is_published} {version}"
    reader = f"{get_language()} {get_current_timezone_name()}"
    return f"{article.pk} {state} {reader} {people} {where}"


@register.simple_tag(takes_context=True)
def discussion_is_open(context: dict[str, Any], article: Article) -> bool:
    return _discussion(context, article).is_open


@register.simple_tag(takes_context=True)
def meet_discussions(context: dict[str, Any], articles: list[Article]) -> str:
    """Read the discussions of a list of articles with one query for all of their counts."""
    rows = Discussion.objects.filter(article__in=articles)
    discussions = {discussion.article_id: discussion for discussion in rows}
    known = _known(context)
    for article in articles:
        known[article.pk] = discussions.get(article.pk) or Discussion(article=article)
    return ""


@register.simple_tag(takes_context=True)
def structured_data(
    context: dict[str, Any], article: Article, faq: Iterable[FAQEntry]
) -> SafeString:
    page = _page(context, article)
    count, comments = page.discussion.comment_count, comments_as_data(page.rows)
    return as_script(article_graph(article, faq, comment_count=count, comments=comments))


@register.simple_tag
def recent_comments(number: int) -> list[Comment]:
    newest = Comment.objects.published().select_related("author").with_article()
    return list(newest.newest()[:number])


@register.simple_tag
def script_strings() -> dict[str, str]:
    return counted_strings()


@register.filter
def wait_in_words(wait: timedelta) -> str:
    return in_words(wait.total_seconds(), rounded=ceil)


@register.simple_tag
def is_trusted(person: User) -> bool:
    """Return whether the person is trusted, for their own account page."""
    return trust_of(person).is_trusted


def _passage_links(context: dict[str, Any], article: Article) -> PassageLinks | None:
    """Return the links to passages, if readers see the article with its discussion."""
    if not article.is_published or context.get("is_preview"):
        return None
    return PassageLinks(article, _discussion(context, article).passage_counts)


def _page(context: dict[str, Any], article: Article) -> DiscussionPage:
    """Return the page of the discussion, which is read once for each request."""
    request = context["request"]
    pages: dict[int, DiscussionPage] = request.__dict__.setdefault("discussion_pages", {})
    if article.pk not in pages:
        sorting = sorting_of(request)
        after = sorting.parse_cursor(request.GET.get("after"))
        discussion = _discussion(context, article)
        pages[article.pk] = discussion_page(
            discussion, sorting=sorting, after=after, person=request.user
        )
    return pages[article.pk]


def _fill_in(context: dict[str, Any], page: DiscussionPage) -> None:
    """Fill in the comments of the page and the pinned one with one query."""
    pinned = Comment(html=getattr(page.discussion, "pinned_html", None) or "")
    published = [row.comment for row in page.rows if row.comment.is_published]
    quoted = fill_in([pinned, *published])
    page.discussion.__dict__["pinned_html"] = pinned.shown_html
    quotes(context["request"], quoted)


def _discussion(context: dict[str, Any], article: Article) -> Discussion:
    known, request = _known(context), context["request"]
    if article.pk not in known:
        holder = holder_of(token_in(request))
        known[article.pk] = discussion_of(article, person=request.user, holder=holder)
    return known[article.pk]


def _choices(context: dict[str, Any], discussion: Discussion) -> Choices:
    """Return what the person follows and whom they muted, read once for each page."""
    if discussion.choices is None:
        discussion.choices = choices_of(context["user"], discussion.article)
    return discussion.choices


def _known(context: dict[str, Any]) -> dict[int, Discussion]:
    discussions: dict[int, Discussion] = context["request"].__dict__.setdefault("discussions", {})
    return discussions


def _shared(context: dict[str, Any]) -> dict[str, Any]:
    names = ("request", "user", "perms", "csrf_token", "site_name")
    return {name: context.get(name) for name in names}
