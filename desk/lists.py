"""The lists of the desk: articles in work, scheduled and published, and how many there are."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleQuerySet, fill_bylines
from articles.rights import may_edit_all
from database.keyset import cursor_at, is_behind, parse_cursor
from forum.discussion.models.comment import Comment
from forum.moderation.header import CountUpTo
from forum.moderation.queue import in_words

ARTICLES_PER_PAGE = 50
Status = Article.Status


@dataclass(frozen=True)
class State:
    """A list of articles, and its order."""

    name: str
    label: Any
    nothing: Any
    column: str
    descending: bool = True


STATES = {
    state.name: state
    for state in (
        State("draft", _("In work"), _("No drafts."), "updated_at"),
        State(
            "scheduled",
            _("Scheduled"),
            _("Nothing is scheduled."),
            "published_at",
            descending=False,
        ),
        State("published", _("Published"), _("Nothing is published yet."), "published_at"),
    )
}


def articles_of(person: Any) -> ArticleQuerySet:
    """Return all articles to editors, and to writers their own."""
    return Article.objects.all() if may_edit_all(person) else Article.objects.by(person)


def in_state(articles: ArticleQuerySet, state: State) -> ArticleQuerySet:
    if state.name == "draft":
        return articles.filter(status=Status.DRAFT)
    if state.name == "published":
        return articles.published()
    return articles.filter(status=Status.PUBLISHED, published_at__gt=timezone.now())


@dataclass(frozen=True)
class ArticleList:
    state: State
    articles: list[Article]
    next_cursor: str


def article_list(person: Any, *, state: State, words: str = "", after: str = "") -> ArticleList:
    rows = in_state(articles_of(person), state)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(slug__icontains=words))
    columns = (state.column, "pk")
    if cursor := parse_cursor(after, columns):
        rows = rows.filter(is_behind(cursor, columns, descending=state.descending))
    sign = "-" if state.descending else ""
    rows = rows.order_by(*(f"{sign}{column}" for column in columns)).with_byline().without_text()
    one_more = list(rows[: ARTICLES_PER_PAGE + 1])
    shown = one_more[:ARTICLES_PER_PAGE]
    fill_bylines(shown)
    is_more = len(one_more) > len(shown)
    return ArticleList(state, shown, cursor_at(shown[-1], columns) if is_more else "")


@dataclass(frozen=True)
class Counts:
    """The number of each, in words; nothing for none."""

    states: dict[str, str]
    questions: str
    corrections: str


def counts_for(person: Any) -> Counts:
    """Count everything with one query. Each count stops at a limit."""
    articles = articles_of(person)
    rows = [in_state(articles, state) for state in STATES.values()]
    asked = [
        Comment.objects.asked(kind) for kind in (Comment.Kind.QUESTION, Comment.Kind.CORRECTION)
    ]
    people: Any = get_user_model()._default_manager.filter(pk=person.pk).order_by()
    found = people.values_list(*map(CountUpTo, [*rows, *asked])).get()
    *states, questions, corrections = (in_words(number) if number else "" for number in found)
    return Counts(dict(zip(STATES, states, strict=True)), questions, corrections)
