"""Articles a page at a time, the newest first."""

from dataclasses import dataclass

from articles.models import Article, ArticleQuerySet, fill_bylines
from database.keyset import parse_number

ARTICLES_PER_PAGE = 20


@dataclass(frozen=True)
class Listing:
    articles: list[Article]
    is_first: bool
    next_cursor: int | None


def listing(articles: ArticleQuerySet, *, after: str = "") -> Listing:
    """The page behind an article, named by its key; a
    cursor that leads nowhere leads to the first page.
    """
    key = parse_number(after)
    last = Article.objects.filter(pk=key).first() if key else None
    if last and last.published_at:
        articles = articles.older_than(last)
    found = list(articles.newest().with_byline().without_text()[: ARTICLES_PER_PAGE + 1])
    shown = found[:ARTICLES_PER_PAGE]
    fill_bylines(shown)
    return Listing(
        shown, is_first=last is None, next_cursor=shown[-1].pk if len(found) > len(shown) else None
    )
