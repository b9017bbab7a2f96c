"""The parts of Django's ORM that PreparedQuery replaces: a new Django must not change them.

CONTRIBUTING.md says how the tests run on the newest Django.
"""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from articles.models import Article
from database.prepared import PreparedQuery, param

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_compiling(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def forbid() -> None:
        def as_sql(*_: object, **__: object) -> None:
            raise AssertionError("The SQL is compiled again.")

        monkeypatch.setattr(SQLCompiler, "as_sql", as_sql)

    return forbid


def articles() -> QuerySet[Article]:
    return Article.objects.filter(slug=str(param(1)), author=param(2)).select_related("author")


def test_objects_are_those_of_the_plain_queryset(article: Article) -> None:
    query = PreparedQuery(articles)
    [found] = query.objects(article.slug, article.author_id)
    assert (found, found.author) == (article, article.author)
    assert "author" in found._state.fields_cache  # no second query for the related row
    assert list(query.objects("other", article.author_id)) == []


def test_values_are_the_columns(article: Article) -> None:
    query = PreparedQuery(lambda: articles().values_list("pk", "title"))
    assert query.values(article.slug, article.author_id) == [(article.pk, article.title)]
    assert list(query.objects(article.slug, article.author_id)) == [(article.pk, article.title)]


def test_sql_is_compiled_once(article: Article, no_compiling: Callable[[], None]) -> None:
    query = PreparedQuery(articles)
    list(query.objects("other", 0))
    no_compiling()
    assert list(query.objects(article.slug, article.author_id)) == [article]
    with pytest.raises(AssertionError, match="again"):
        list(articles())


def test_each_use_has_its_own_parameters(article: Article) -> None:
    query = PreparedQuery(articles)
    mine, other = query.objects(article.slug, article.author_id), query.objects("other", 0)
    assert (list(other), list(mine)) == ([], [article])


def test_a_parameter_may_be_a_time_and_occur_twice(article: Article) -> None:
    query = PreparedQuery(
        lambda: Article.objects.filter(
            Q(pk=param(1)) | Q(author=param(1)), published_at__lte=Value(param(2))
        )
    )
    now = timezone.now()
    assert list(query.objects(article.pk, now)) == [article]
    assert list(query.objects(article.pk, now - timedelta(days=9999))) == []


def test_prefetched_rows_come_along(article: Article) -> None:
    query = PreparedQuery(
        lambda: Article.objects.filter(pk=param(1)).prefetch_related("faq").order_by()
    )
    [found] = query.objects(article.pk)
    assert list(found.faq.all()) == []


def test_a_queryset_uses_the_connection_of_its_thread() -> None:
    query = PreparedQuery(articles)
    list(query.objects("other", 0))
    vendors: list[bool] = []

    def note_connection() -> None:
        compiler = query.objects("other", 0).query.get_compiler("default")
        vendors.append(compiler.connection.alias == connection.alias)

    thread = Thread(target=note_connection)
    thread.start()
    thread.join()
    assert vendors == [True]
