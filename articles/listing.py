"""Articles a page at a time, the newest first."""

from dataclasses import dataclass

from articles.models import Article, ArticleQuerySet

ARTICLES_PER_PAGE = 20
# A key is a 64-bit number: more digits would not be asked for, but refused by the database.
DIGITS_OF_A_KEY = 18


@dataclass(frozen=True)
class Listing:
    articles: list[Article]
    is_first: bool
    next_cursor: int | None


def listing(articles: ArticleQuerySet, *, after: str = "") -> Listing:
    """The page behind an article, named by its key; a cursor that leads nowhere leads to the first page."""
    last = Article.objects.filter(pk=int(after)).first() if _is_key(after) else None
    if last and last.published_at:
        articles = articles.older_than(last)
    found = list(articles.newest().with_byline().without_text()[: ARTICLES_PER_PAGE + 1])
    shown = found[:ARTICLES_PER_PAGE]
    return Listing(shown, is_first=last is None, next_cursor=shown[-1].pk if len(found) > len(shown) else None)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= DIGITS_OF_A_KEY
