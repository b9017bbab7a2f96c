"""The HTML of articles and their answers, their passages, and the comments about these."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from articles.models import Article, FAQEntry, Passage
from articles.writing import save_passages
from forum.discussion.models.comment import Comment
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, differences
from text.markdown import count_words, render_article


def find(keys: Range) -> Iterator[Mismatch]:
    for article in Article.objects.filter(pk__range=keys).order_by("pk"):
        where = f"article {article.pk}"
        yield from differences(
            where, Article, article.pk, vars(article), {"word_count": count_words(article.body)}
        )
        yield from _answers(article)
        kept, right = _kept(article), _followed(article)
        for what in sorted(kept.keys() | right.keys()):
            if kept.get(what) != right.get(what):
                repair = partial(_follow, article.pk)
                yield Mismatch(where, what, kept.get(what), right.get(what), repair)


def find_comments(keys: Range) -> Iterator[Mismatch]:
    about = Comment.objects.filter(pk__range=keys, passage__isnull=False).order_by("pk")
    elsewhere = about.exclude(passage__article=F("discussion__article"))
    for pk, passage, article in elsewhere.values_list("pk", "passage", "discussion__article"):
        yield Mismatch(f"comment {pk}", "passage", passage, f"one of article {article}")


def _answers(article: Article) -> Iterator[Mismatch]:
    for entry in article.faq.all():
        right = {"answer_html": render_article(entry.answer)}
        yield from differences(f"question {entry.pk}", FAQEntry, entry.pk, vars(entry), right)


def _kept(article: Article) -> dict[str, Any]:
    """Return the stored HTML and passages, without when a passage went: nothing else tells it."""
    says = [name for name in Passage.SAYS if name != "gone_at"]
    passages = article.passages.values_list("anchor", *says, "gone_at")
    kept = {
        f"passage {anchor}": (*said, gone_at is not None) for anchor, *said, gone_at in passages
    }
    return {"body_html": article.body_html, **kept}


def _followed(article: Article) -> dict[str, Any]:
    """Return the same as it would be after saving the article again, which is rolled back."""
    with transaction.atomic():
        again = _follow(article.pk)
        kept = _kept(again)
        transaction.set_rollback(True)
    return kept


def _follow(pk: int) -> Article:
    article = Article.objects.get(pk=pk)
    save_passages(article)
    return article
