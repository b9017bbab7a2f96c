"""Save an article with its rendered text, its passages and the address that it left behind."""

from datetime import datetime
from textwrap import shorten

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from articles.models import Article, FormerSlug
from articles.models.article import DESCRIPTION_CHARACTERS
from articles.passages.sync import sync_passages
from articles.slugs import RESERVED_SLUGS
from text.markdown import count_words, plain_text, render_article


@transaction.atomic
def render_and_save(article: Article, *, at: datetime | None = None) -> None:
    """Save the article with its rendered text; a slug that was left behind goes on leading here."""
    article.body_html = _render(article)
    article.word_count = count_words(article.body)
    article.description = describe(article.short_answer, article.body_html)
    article.updated_at = at or timezone.now()
    if article.status == article.Status.PUBLISHED and article.published_at is None:
        article.published_at = article.updated_at
    if not article.slug:
        article.slug = free_slug(article.title)
    _keep_former_slug(article)
    article.save()
    save_passages(article)


def save_passages(article: Article) -> None:
    """Give each paragraph, fact and answer an id that lasts: called once all three are saved."""
    article.body_html = sync_passages(article, _render(article))
    article.save(update_fields=["body_html"])


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
