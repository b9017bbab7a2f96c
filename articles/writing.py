"""Save an article with its facts, questions and authors, its passages and its former address."""

from collections.abc import Sequence
from datetime import datetime
from textwrap import shorten
from typing import Any

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.text import slugify

from articles.models import Article, ArticleAuthor, Fact, FAQEntry, FormerSlug
from articles.models.article import DESCRIPTION_CHARACTERS
from articles.models.faq_entry import free_anchor
from articles.passages.sync import sync_passages
from articles.revisions.record import NOBODYS, Change, record_first_revision, record_revision
from articles.slugs import RESERVED_SLUGS
from articles.words import words_of_answer, words_of_article
from text.markdown import count_words, plain_text, render_article

MOST_CHANGE_NOTES = 20


@transaction.atomic
def save_article(
    article: Article,
    *,
    facts: Sequence[Fact],
    faq: Sequence[FAQEntry],
    authors: Sequence[ArticleAuthor] | None = None,
    version: datetime | None = None,
    at: datetime | None = None,
    change: Change = NOBODYS,
) -> None:
    """Save an article with these facts and questions, in this order; its others are deleted.
    What is saved is a revision.

    `version` is the `updated_at` that was read: raise OutdatedArticle if somebody saved since.
    Without `authors` the byline stays as it is.
    """
    if version and article.pk:
        Article.objects.begin_save(article.pk, version=version)
    if article.pk:
        record_first_revision(article.pk, at=version)
    if authors is not None:
        _set_byline(article, authors)
    at = at or timezone.now()
    _tell_readers(article, change.change_note, at=at)
    _render_and_save(article, at=at)
    if authors is not None and article.has_byline:
        _save_rows(ArticleAuthor, article, authors)
    _save_rows(Fact, article, facts)
    _save_faq(article, faq)
    save_passages(article)
    record_revision(article, facts, faq, change)


def publish_article(article: Article, *, by: Any) -> None:
    """Publish a draft as it is saved, now or at the time that it has."""
    article.status = Article.Status.PUBLISHED
    _save_as_it_is(article, by)


def withdraw_article(article: Article, *, by: Any) -> None:
    """Make a draft of an article, which readers see no longer."""
    article.status = Article.Status.DRAFT
    _save_as_it_is(article, by)


def _save_as_it_is(article: Article, by: Any) -> None:
    facts, faq = list(article.facts.all()), list(article.faq.all())
    change = Change(by=by)
    save_article(article, facts=facts, faq=faq, version=article.updated_at, change=change)


@transaction.atomic
def render_and_save(article: Article, *, at: datetime | None = None) -> None:
    """Save the text of an article alone."""
    _render_and_save(article, at=at)
    save_passages(article)


def save_passages(article: Article) -> None:
    """Give each paragraph, fact and answer an id that lasts, and store the words of the article:
    called once all three are saved.
    """
    article.body_html = sync_passages(article, _render(article))
    article.search_words = words_of_article(article, article.facts.all())
    article.save(update_fields=["body_html", "search_words"])


def _render_and_save(article: Article, *, at: datetime | None) -> None:
    """Save the article with its rendered text; a slug that was left behind goes on leading here."""
    article.body_html = _render(article)
    article.word_count = count_words(article.body)
    article.description = describe(article.short_answer, article.body_html)
    article.updated_at = at or timezone.now()
    if article.status == Article.Status.PUBLISHED and article.published_at is None:
        article.published_at = article.updated_at
    if not article.slug:
        article.slug = free_slug(article.title)
    _keep_former_slug(article)
    article.save()


def _tell_readers(article: Article, note: str, *, at: datetime) -> None:
    if note:
        told = {"at": at.isoformat(), "note": note}
        article.change_notes = [told, *article.change_notes][:MOST_CHANGE_NOTES]


def _render(article: Article) -> str:
    """Return the HTML of the text: a save asks for it again once the answers are saved."""
    if article.rendered[0] != article.body:
        article.rendered = (article.body, render_article(article.body))
    return article.rendered[1]


def _keep_former_slug(article: Article) -> None:
    FormerSlug.objects.filter(slug=article.slug).delete()
    former = (
        Article.objects.filter(pk=article.pk)
        .exclude(slug=article.slug)
        .values_list("slug", flat=True)
        .first()
    )
    if former:
        FormerSlug.objects.create(slug=former, article=article)


def _set_byline(article: Article, authors: Sequence[ArticleAuthor]) -> None:
    """Store one author with an account, or none, in the article; all others need rows."""
    article.author = next((each.person for each in authors if each.person), None)
    article.has_byline = len(authors) > (1 if article.author else 0)
    article.__dict__.pop("byline", None)
    if article.pk and not article.has_byline:
        article.authors.all().delete()


def _save_faq(article: Article, faq: Sequence[FAQEntry]) -> None:
    """Save the questions with their rendered answers; those without an anchor get one."""
    old = {entry.pk: entry for entry in article.faq.all()}
    taken = {entry.slug for entry in faq}
    for entry in faq:
        same = old.get(entry.pk)
        if same and same.answer == entry.answer:
            entry.answer_html = same.answer_html
        else:
            entry.answer_html = render_article(entry.answer)
        entry.slug = entry.slug or free_anchor(entry.question, taken)
        entry.search_words = words_of_answer(entry)
        taken.add(entry.slug)
    moved = [entry.pk for entry in faq if entry.pk in old and old[entry.pk].slug != entry.slug]
    if moved:  # two may have swapped their anchors, which have to be unique at every moment
        key = Cast(F("pk"), models.CharField())
        FAQEntry.objects.filter(pk__in=moved).update(slug=Concat(Value("~"), key))
    _save_rows(FAQEntry, article, faq)


def _save_rows(model: Any, article: Article, rows: Sequence[Any]) -> None:
    """Write new rows and changed ones with a statement each, and delete the others."""
    old = {row.pk: row for row in model.objects.filter(article=article)}
    for position, row in enumerate(rows, start=1):
        row.article, row.position = article, position
        if row.pk not in old:  # new, or deleted by somebody else since
            row.pk, row._state.adding = None, True
    gone = old.keys() - {row.pk for row in rows}
    if gone:
        model.objects.filter(pk__in=gone).delete()
    model.objects.bulk_create([row for row in rows if row.pk is None])
    names = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    changed = [row for row in rows if row.pk in old and not _is_same(row, old[row.pk])]
    model.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["pk"], update_fields=names
    )


def _is_same(row: models.Model, other: models.Model) -> bool:
    columns = [field.attname for field in row._meta.concrete_fields]
    return all(getattr(row, name) == getattr(other, name) for name in columns)


def describe(short_answer: str, body_html: str) -> str:
    return shorten(short_answer or plain_text(body_html), DESCRIPTION_CHARACTERS, placeholder=" …")


def free_slug(title: str) -> str:
    """Return a slug for the title that no article has or had, and that is no route."""
    base = slugify(title)[:150] or "article"
    slug, number = base, 1
    while slug in RESERVED_SLUGS or Article.objects.at(slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
