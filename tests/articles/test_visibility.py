"""Every change of an article's visibility purges its pages and those that quote from it."""

from collections.abc import Callable

import pytest

from articles.models import Article
from pagecache import versions

pytestmark = pytest.mark.django_db(transaction=True)  # versions are written when a transaction ends

QUOTING = 4711


def saved(article: Article, **changes: object) -> None:
    for name, value in changes.items():
        setattr(article, name, value)
    article.save()


CHANGES: dict[str, Callable[[Article], object]] = {
    "withdrawn": lambda article: saved(article, status=Article.Status.DRAFT),
    "withdrawn with others": lambda article: Article.objects.filter(pk=article.pk).update(
        status="draft"
    ),
    "moved": lambda article: saved(article, slug="later"),
    "deleted": lambda article: article.delete(),
    "deleted with others": lambda article: Article.objects.filter(pk=article.pk).delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_purges_the_article_and_what_quotes_it(
    change: Callable[[Article], object], article: Article
) -> None:
    key, begun = article.pk, versions.current()
    change(article)
    for known in (versions.of(key), versions.of(QUOTING, key)):
        assert known is not None
        assert known.purged > (begun or 0)
