"""The markup of an article and of its answers, the passages it has, and the comments about them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F

from articles.models import Article, FAQEntry, Passage
from articles.writing import save_passages
from forum.discussion.models.comment import Comment
from forum.maintenance.integrity.drift import Drift, differing
from forum.maintenance.integrity.subject import Range
from text.markdown import count_words, render_article


def look(keys: Range) -> Iterator[Drift]:
    for article in Article.objects.filter(pk__range=keys).order_by("pk"):
        where = f"article {article.pk}"
        yield from differing(
            where, Article, article.pk, vars(article), {"word_count": count_words(article.body)}
        )
        yield from _answers(article)
        kept, right = _kept(article), _followed(article)
        for what in sorted(kept.keys() | right.keys()):
            if kept.get(what) != right.get(what):
                mend = partial(_follow, article.pk)
                yield Drift(where, what, kept.get(what), right.get(what), mend)


def look_at_comments(keys: Range) -> Iterator[Drift]:
    about = Comment.objects.filter(pk__range=keys, passage__isnull=False).order_by("pk")
    elsewhere = about.exclude(passage__article=F("discussion__article"))
    for pk, passage, article in elsewhere.values_list("pk", "passage", "discussion__article"):
        yield Drift(f"comment {pk}", "passage", passage, f"one of article {article}")


def _answers(article: Article) -> Iterator[Drift]:
    for entry in article.faq.all():
        right = {"answer_html": render_article(entry.answer)}
        yield from differing(f"question {entry.pk}", FAQEntry, entry.pk, vars(entry), right)


def _kept(article: Article) -> dict[str, Any]:
    """The markup, and each passage by its anchor; when one went is known from nothing else."""
    says = [name for name in Passage.SAYS if name != "gone_at"]
    passages = article.passages.values_list("anchor", *says, "gone_at")
    kept = {
        f"passage {anchor}": (*said, gone_at is not None) for anchor, *said, gone_at in passages
    }
    return {"body_html": article.body_html, **kept}


def _followed(article: Article) -> dict[str, Any]:
    """The same if the article were written again as it stands, which it is not."""
    with transaction.atomic():
        again = _follow(article.pk)
        kept = _kept(again)
        transaction.set_rollback(True)
    return kept


def _follow(pk: int) -> Article:
    article = Article.objects.get(pk=pk)
    save_passages(article)
    return article
