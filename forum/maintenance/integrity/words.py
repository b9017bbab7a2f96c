"""The words by which articles, answers and comments are found, and SQLite's index of them."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from articles.models import Article, FAQEntry
from articles.words import words_of_answer, words_of_article
from database.search import is_index_right, plain, rebuild_index
from forum.discussion.models.comment import Comment
from forum.discussion.words import words_of_comment
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, put

MODELS: Final[list[Any]] = [Article, FAQEntry, Comment]


def find_articles(keys: Range) -> Iterator[Mismatch]:
    articles = Article.objects.filter(pk__range=keys).prefetch_related("facts", "faq")
    for article in articles.order_by("pk"):
        yield from _compare(article, words_of_article(article, article.facts.all()))
        for entry in article.faq.all():
            yield from _compare(entry, words_of_answer(entry))


def find_comments(keys: Range) -> Iterator[Mismatch]:
    comments = Comment.objects.filter(pk__range=keys).select_related("discussion").order_by("pk")
    columns = ("body", "html", "visible_text", "search_words", "discussion__article")
    for comment in comments.only(*columns):
        words = words_of_comment(comment.text, article=comment.discussion.article_id)
        yield from _compare(comment, words if comment.body else "")


def _compare(row: Any, right: str) -> Iterator[Mismatch]:
    found, model = plain(row.search_words), type(row)
    if found != right:
        repair = partial(put, model, row.pk, search_words=right)
        where = f"{model._meta.verbose_name} {row.pk}"
        yield Mismatch(where, "search words", found, right, repair)


def find_index(numbers: Range) -> Iterator[Mismatch]:
    for model in MODELS:
        table = model._meta.db_table
        if not is_index_right(table):
            repair = partial(rebuild_index, table)
            yield Mismatch(table, "search index", "another", "that of its rows", repair)
