"""Read the results of a search: articles, answers and comments that a reader may see.

The index names rows that match. What may be seen is decided by the queries that the pages use.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.models import Article, FAQEntry, fill_bylines
from articles.models.article import long_columns
from database.keyset import Cursor, format_cursor
from forum.discussion.models.comment import Comment
from search.newest import newest_matches
from text.markdown import plain_text
from text.search_marks import Segment, Wanted, count_marks, excerpt, mark, wanted
from text.search_words import Query, Term, search_words

EXCERPT: Final = 220  # characters
COUNTED: Final = 100  # results; more are "more than 100"
PER_PAGE: Final = 20
CURSOR: Final = ("rank", "created_at", "pk")

Key = tuple[Any, ...]  # what results are ordered by, the first the highest: rank, time, primary key


@dataclass(frozen=True)
class Result:
    kind: str
    row: Any
    title: SafeString | str
    excerpt: SafeString

    @property
    def url(self) -> str:
        return str(self.row.get_absolute_url())


@dataclass(frozen=True)
class Kind:
    name: str  # in the address
    mark: str  # in the page
    ranked: int  # the most rows that are ranked, the newest
    shown_with_others: int
    visible: Callable[[], "QuerySet[Any]"]
    columns: tuple[str, ...]  # of a key: what ranks, the time
    loaded: Callable[[Any], "QuerySet[Any]"]
    result: Callable[[Any, Wanted], Result]


@dataclass(frozen=True)
class Group:
    kind: Kind
    results: Sequence[Result] = ()
    number: int = 0
    is_complete: bool = True
    next_cursor: str = ""

    @property
    def name(self) -> str:
        return self.kind.name

    @property
    def is_counted(self) -> bool:
        return self.is_complete and self.number <= COUNTED


@dataclass(frozen=True)
class Results:
    groups: Sequence[Group] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(group.number for group in self.groups)

    @property
    def is_counted(self) -> bool:
        return self.number <= COUNTED and all(group.is_complete for group in self.groups)


def find(
    query: Query, *, only: str = "", article: Article | None = None, after: Cursor | None = None
) -> Results:
    """Return what is found, of one kind or of all, in one article or in all."""
    chosen = [kind for kind in KINDS if only in {"", kind.name}]
    groups = [_group(kind, query, article, after if only else None, bool(only)) for kind in chosen]
    return Results([group for group in groups if group.number or only])


def _group(
    kind: Kind, query: Query, article: Article | None, after: Cursor | None, is_alone: bool
) -> Group:
    keys, is_complete = _keys(kind, query, article)
    page = [key for key in keys if after is None or key < after]
    shown = page[: PER_PAGE if is_alone else kind.shown_with_others]
    more = format_cursor(shown[-1]) if len(page) > len(shown) else ""
    results = _load(kind, [key[-1] for key in shown], wanted(query))
    return replace(Group(kind, results, len(keys), is_complete), next_cursor=more)


def _keys(kind: Kind, query: Query, article: Article | None) -> tuple[list[Key], bool]:
    """Return the keys of what is found in their order, and whether these are all."""
    rows, where = kind.visible(), {}
    if article and kind.name == "comments":
        where["article"] = article.pk
    elif article:
        rows = rows.filter(**{"pk" if kind.name == "articles" else "article": article.pk})
    columns = (*kind.columns, "pk")
    found = newest_matches(rows, query, columns=columns, most=kind.ranked, **where)
    keys = [(_score(row[0], query), *row[1:]) for row in found.rows]
    return sorted(keys, reverse=True), found.is_complete


def _score(value: Any, query: Query) -> int:
    """Return a stored rank as it is; for a heading, how many of the terms it has."""
    if isinstance(value, int):
        return value
    words = f" {search_words(value)} "
    return sum(_text(term) in words for term in query.sought)


def _text(term: Term) -> str:
    return f" {' '.join(term.words)}{'' if term.is_prefix else ' '}"


def _load(kind: Kind, keys: list[int], words: Wanted) -> list[Result]:
    rows = kind.loaded(kind.visible()).in_bulk(keys) if keys else {}
    found = [rows[key] for key in keys if key in rows]
    if kind.name == "articles":
        fill_bylines(found)
    return [kind.result(row, words) for row in found]


def _answers() -> "QuerySet[FAQEntry]":
    articles = Article.objects.published().order_by()
    return FAQEntry.objects.filter(article__in=articles.values("pk"))


def _of_article(article: Article, words: Wanted) -> Result:
    said = [article.short_answer, *map(str, article.facts.all()), plain_text(article.body_html)]
    parts = [excerpt(text, words, EXCERPT) for text in said if text]
    best = max(parts, key=count_marks, default=[])
    return Result("article", article, _html(mark(article.title, words)), _html(best))


def _of_answer(entry: FAQEntry, words: Wanted) -> Result:
    part = excerpt(plain_text(entry.answer_html), words, EXCERPT)
    return Result("answer", entry, _html(mark(entry.question, words)), _html(part))


def _of_comment(comment: Comment, words: Wanted) -> Result:
    part = excerpt(comment.text, words, EXCERPT)
    return Result("comment", comment, comment.discussion.article.title, _html(part))


def _html(segments: Sequence[Segment]) -> SafeString:
    """Return the segments as HTML. Each is escaped by itself."""
    parts = (format_html("<mark>{}</mark>", text) if marked else text for text, marked in segments)
    return format_html_join("", "{}", ((part,) for part in parts))


KINDS: Final = [
    Kind(
        "articles",
        "article",
        ranked=1000,
        shown_with_others=5,
        visible=Article.objects.published,
        columns=("title", "published_at"),
        loaded=lambda rows: rows.with_byline().prefetch_related("facts"),
        result=_of_article,
    ),
    Kind(
        "answers",
        "answer",
        ranked=1000,
        shown_with_others=5,
        visible=_answers,
        columns=("question", "article__published_at"),
        loaded=lambda rows: rows.select_related("article").defer(
            "search_words", *long_columns("article")
        ),
        result=_of_answer,
    ),
    Kind(
        "comments",
        "comment",
        ranked=10_000,
        shown_with_others=10,
        visible=Comment.objects.published,
        columns=("rank", "created_at"),
        loaded=lambda rows: rows.with_article().select_related("discussion__article", "author"),
        result=_of_comment,
    ),
]
