"""Learn the words of the site's texts, some texts at a time, and correct words by them."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from articles.models import Article, FAQEntry
from database.search import plain
from forum.discussion.models.comment import Comment
from search.likeness import is_correctable, is_learned, most_slips, slips, trigrams
from search.models import KnownWord, Progress, WordTrigram
from search.newest import newest_matches
from text.search_words import Query, Term

ARTICLES_AT_ONCE: Final = 20
COMMENTS_AT_ONCE: Final = 1000
MOST_WORDS: Final = 100_000
FORGOTTEN_AT_ONCE: Final = 5_000  # of the rarest, when there are more
CHECKED_AT_ONCE: Final = 100
BETWEEN_CHECKS: Final = timedelta(minutes=10)
CANDIDATES: Final = 60
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def correction_of(word: str) -> str:
    """Return the known word that is most like this one; "" if none is like it."""
    if not is_correctable(word):
        return ""
    shared = WordTrigram.objects.filter(trigram__in=trigrams(word)).order_by()
    alike = shared.values("word").annotate(number=Count("pk")).order_by("-number", "-word__count")
    likeness = [
        (slips(word, known), -count, known)
        for known, count in alike.values_list("word__word", "word__count")[:CANDIDATES]
        if known != word
    ]
    best, _, known = min(likeness, default=(most_slips(word) + 1, 0, ""))
    return known if best <= most_slips(word) else ""


@transaction.atomic
def learn() -> bool:
    """Learn the words of the next texts. Return False if there are no more."""
    progress, _ = Progress.objects.get_or_create(pk=1)
    texts = [*_articles(progress), *_comments(progress)]
    if texts:
        _count(Counter(word for text in texts for word in {*plain(text).split()}))
        progress.save()
    return bool(texts)


def check() -> None:
    """Forget those of the next known words that no text has any more."""
    progress, _ = Progress.objects.get_or_create(pk=1)
    if progress.checked_at > timezone.now() - BETWEEN_CHECKS:
        return
    following = KnownWord.objects.filter(pk__gt=progress.checked_until).order_by("pk")
    words = list(following[:CHECKED_AT_ONCE])
    gone = [word.pk for word in words if not is_said(Term((word.word,), word.word))]
    KnownWord.objects.filter(pk__in=gone).delete()
    Progress.objects.update(checked_until=words[-1].pk if words else 0, checked_at=timezone.now())


def _articles(progress: Progress) -> Iterable[str]:
    since = progress.articles_until or LONG_AGO
    changed = Article.objects.filter(updated_at__gt=since).order_by("updated_at", "pk")
    for article in changed.prefetch_related("faq")[:ARTICLES_AT_ONCE]:
        progress.articles_until = article.updated_at
        yield " ".join(map(plain, [article.search_words, *_words_of_answers(article)]))


def _words_of_answers(article: Article) -> list[str]:
    return [entry.search_words for entry in article.faq.all()]


def _comments(progress: Progress) -> Iterable[str]:
    later = Comment.objects.filter(pk__gt=progress.comments_until).order_by("pk")
    columns = later.values_list("pk", "status", "search_words")
    for pk, status, words in columns[:COMMENTS_AT_ONCE]:
        progress.comments_until = pk
        yield words if status == Comment.Status.PUBLISHED else ""


def _count(counts: Counter[str]) -> None:
    """Add to the counts of words, in a few statements."""
    words = {word: count for word, count in counts.items() if is_learned(word)}
    known = dict(KnownWord.objects.filter(word__in=words).values_list("word", "count"))
    rows = [KnownWord(word=word, count=known.get(word, 0) + words[word]) for word in sorted(words)]
    made = KnownWord.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["word"], update_fields=["count"]
    )
    new = [row for row in made if row.word not in known]
    WordTrigram.objects.bulk_create(
        [WordTrigram(word=row, trigram=three) for row in new for three in trigrams(row.word)],
        batch_size=1000,
    )
    if new and KnownWord.objects.count() > MOST_WORDS:
        rarest = KnownWord.objects.order_by("count", "pk").values("pk")[:FORGOTTEN_AT_ONCE]
        KnownWord.objects.filter(pk__in=list(rarest.values_list("pk", flat=True))).delete()


def is_said(term: Term) -> bool:
    """Return whether readers see the term anywhere."""
    query = Query((term,))
    return any(newest_matches(rows, query, columns=("pk",), most=1).rows for rows in _visible())


def _visible() -> list[Any]:
    articles = Article.objects.published()
    answers = FAQEntry.objects.filter(article__in=articles)
    return [articles.order_by(), answers.order_by(), Comment.objects.published().order_by()]
