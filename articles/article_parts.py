"""The facts and questions of an article, read once for each time it is written."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from articles.models import Article, Fact, FAQEntry

ARTICLES_REMEMBERED = 500


@dataclass(frozen=True)
class Parts:
    facts: list[Fact]
    faq: list[FAQEntry]


def parts_of(article: Article) -> Parts:
    """Return the facts and questions of an article, cached until the article is saved.

    Every change of a fact or a question writes the article's `updated_at`, too.
    """
    return _parts(article.pk, article.updated_at)


@lru_cache(ARTICLES_REMEMBERED)
def _parts(article: int, updated_at: datetime) -> Parts:
    facts = Fact.objects.filter(article=article).select_related("passage")
    faq = FAQEntry.objects.filter(article=article).select_related("passage").defer("search_words")
    return Parts(list(facts), list(faq))
