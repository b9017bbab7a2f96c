"""Record what each save of an article leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.models import Article, ArticleRevision, Fact, FAQEntry
from articles.revisions.content import content_of


@dataclass(frozen=True)
class Change:
    """A change of an article: who makes it, and what they say about it."""

    by: Any = None
    note: str = ""  # for editors
    change_note: str = ""  # for readers
    is_imported: bool = False


NOBODYS = Change()


def record_first_revision(pk: int, *, at: datetime | None) -> None:
    """Record what is saved, before the first change of an article that has no revision yet."""
    if ArticleRevision.objects.filter(article=pk).exists():
        return
    article = Article.objects.get(pk=pk)
    content = content_of(article, article.facts.all(), article.faq.all())
    ArticleRevision.objects.create(
        article=article,
        number=1,
        at=at or article.updated_at,
        status=article.status,
        content=content,
    )


def record_revision(
    article: Article, facts: Iterable[Fact], faq: Iterable[FAQEntry], change: Change
) -> None:
    """Record the saved article, unless it is as the newest revision says and there is no note.

    Called in the transaction that has written the article's row, so numbers follow each other.
    """
    content = content_of(article, facts, faq)
    newest = article.revisions.newest().first()
    is_same = newest and (newest.content, newest.status) == (content, article.status)
    if is_same and not (change.note or change.change_note):
        return
    ArticleRevision.objects.create(
        article=article,
        number=newest.number + 1 if newest else 1,
        at=article.updated_at,
        status=article.status,
        content=content,
        **vars(change),
    )
