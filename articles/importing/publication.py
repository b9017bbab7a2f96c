"""A manuscript becomes an article: a new one, or the one it became before."""

import hashlib
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify

from articles.importing import Manuscript, ManuscriptError
from articles.importing.types import ImportedFact
from articles.models import Article, ArticleAuthor, Fact, FAQEntry, Topic
from articles.passages.matching import match
from articles.revisions.record import Change
from articles.writing import save_article


@transaction.atomic
def publish(
    manuscript: Manuscript, *, author: AbstractBaseUser | None = None, replace: bool = False
) -> Article:
    """Publish the manuscript; nothing is written where the article
    already says the same. Raises ManuscriptError.

    An article that says something else is changed with
    `replace` only: the file may be a stranger's.
    """
    slug = manuscript.slug or slug_for(manuscript.title)
    article = Article.objects.at(slug).first() or Article(slug=slug)
    is_new = article.pk is None
    changes = _set(article, manuscript.line, **_words(manuscript, article, author, replace))
    facts, facts_changed = _facts(article, manuscript)
    faq, faq_changed = _questions(article, manuscript)
    if not is_new and not (changes or facts_changed or faq_changed):
        return article
    if not is_new and not replace:
        address = article.get_absolute_url()
        raise ManuscriptError(
            manuscript.line, f"{address} is another article, or was edited. Add --replace."
        )
    written_at = manuscript.updated_at or (manuscript.published_at if is_new else None)
    authors = [ArticleAuthor(person=article.author)] if author else None
    save_article(
        article,
        facts=facts,
        faq=faq,
        authors=authors,
        at=written_at,
        change=Change(is_imported=True),
    )
    return article


def slug_for(title: str) -> str:
    """The same for the same title, so that its article is found again."""
    return slugify(title)[:150] or f"article-{hashlib.sha256(title.encode()).hexdigest()[:10]}"


def _words(
    manuscript: Manuscript, article: Article, author: AbstractBaseUser | None, replace: bool
) -> dict[str, Any]:
    """Return the fields that the manuscript sets; the others stay as they are."""
    words: dict[str, Any] = {
        "title": manuscript.title,
        "body": manuscript.body,
        "short_answer": manuscript.short_answer,
        "facts_heading": manuscript.facts_heading,
        "status": Article.Status.PUBLISHED,
        "published_at": manuscript.published_at or article.published_at or timezone.now(),
    }
    if author:
        words["author"] = author
    if manuscript.topic:
        words["topic"] = _topic(manuscript, replace)
    return words


def _topic(manuscript: Manuscript, replace: bool) -> Topic:
    topic = Topic.objects.filter(name=manuscript.topic).first() or Topic(
        slug=slug_for(manuscript.topic)[:80]
    )
    is_open = topic.pk is None or replace
    introduction = (
        manuscript.topic_introduction
        if is_open and manuscript.topic_introduction
        else topic.introduction
    )
    if _set(topic, manuscript.line, name=manuscript.topic, introduction=introduction):
        topic.save()
    return topic


def _facts(article: Article, manuscript: Manuscript) -> tuple[list[Fact], bool]:
    """Return the facts, and whether they changed. A fact keeps its row, and so what leads to it,
    as long as it says the same or nearly.
    """
    old = list(article.facts.all()) if article.pk else []
    new = [Fact(**_fact_words(each)) for each in manuscript.facts]
    same = match([str(fact) for fact in new], [str(fact) for fact in old])
    facts, changed = [], len(new) != len(old)
    for place, stated in enumerate(manuscript.facts):
        fact = old[same[place]] if place in same else Fact()
        words = {"position": place + 1, **_fact_words(stated)}
        changed |= _set(fact, stated.line, **words) or fact.pk is None
        facts.append(fact)
    return facts, changed


def _fact_words(stated: ImportedFact) -> dict[str, Any]:
    return {name: value for name, value in vars(stated).items() if name != "line"}


def _questions(article: Article, manuscript: Manuscript) -> tuple[list[FAQEntry], bool]:
    """Return the questions, and whether they changed. A question keeps its entry, and so its
    anchor, as long as its anchor or its words stay the same.
    """
    left = list(article.faq.all()) if article.pk else []
    faq: list[FAQEntry] = []
    changed = len(manuscript.faq) != len(left)
    for place, asked in enumerate(manuscript.faq, start=1):
        if asked.anchor and asked.anchor in {entry.slug for entry in faq}:
            raise ManuscriptError(asked.line, f"the anchor “{asked.anchor}” is there twice.")
        entry = next(
            (e for e in left if e.slug == asked.anchor or e.question == asked.question), FAQEntry()
        )
        if entry in left:
            left.remove(entry)
        words = {"question": asked.question, "answer": asked.answer}
        slug = asked.anchor or entry.slug
        changed |= _set(entry, asked.line, position=place, slug=slug, **words) or entry.pk is None
        faq.append(entry)
    return faq, changed


def _set(row: models.Model, line: int, **words: Any) -> bool:
    """Says whether anything changed. What the row does not allow is a mistake on that line."""
    changes = {name: value for name, value in words.items() if getattr(row, name) != value}
    for name, value in changes.items():
        setattr(row, name, value)
    try:
        row.full_clean(exclude={"article"})
    except ValidationError as error:
        raise ManuscriptError(line, _problem(row, error)) from error
    return bool(changes)


def _problem(row: models.Model, error: ValidationError) -> str:
    name, messages = next(iter(error.message_dict.items()))
    known = {field.name: field for field in row._meta.fields}
    return f"{known[name].verbose_name}: {messages[0]}" if name in known else messages[0]
