from datetime import datetime
from textwrap import shorten
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles.markdown import count_words, plain_text, render_article

WORDS_PER_MINUTE = 230
# An article of this length gets its contents beside it.
LONG_ARTICLE_WORDS = 200
# Up to this many questions are shown with their answers open; more are folded.
UNFOLDED_QUESTIONS = 4
# What search engines and previews of links show of a description.
DESCRIPTION_CHARACTERS = 200


class TopicQuerySet(models.QuerySet["Topic"]):
    def with_articles(self) -> Self:
        """Topics in which there is something to read."""
        return self.filter(pk__in=Article.objects.published().values("topic"))


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        return self.filter(status=Article.Status.PUBLISHED, published_at__lte=timezone.now())

    def visible_to(self, user: Any) -> Self:
        """Drafts are for those who may write them."""
        return self if user.has_perm("articles.change_article") else self.published()

    def at(self, slug: str) -> Self:
        """The article with this address, or that had it once."""
        return self.filter(Q(slug=slug) | Q(pk__in=FormerSlug.objects.filter(slug=slug).values("article")))

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def older_than(self, article: "Article") -> Self:
        """What follows the article where the newest are first."""
        return self.filter(
            Q(published_at__lt=article.published_at) | Q(published_at=article.published_at, pk__lt=article.pk)
        )

    def with_byline(self) -> Self:
        return self.select_related("topic", "author")


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="articles", verbose_name=_("topic")
    )
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("address"), max_length=160, unique=True)
    short_answer = models.TextField(
        _("short answer"),
        max_length=600,
        blank=True,
        help_text=_("Shown first. At most 50 words serve the reader best."),
    )
    body = models.TextField(_("text"), help_text=_("Markdown"))
    body_html = models.TextField(editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    facts_heading = models.CharField(_("heading of the facts"), max_length=120, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("author"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="article_newest"),
            models.Index(fields=["topic", "status", "-published_at", "-id"], name="article_newest_in_topic"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False), name="article_published_has_a_time"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED and not self.is_scheduled

    @property
    def is_scheduled(self) -> bool:
        """Published, but its time has not come."""
        if self.status != self.Status.PUBLISHED or self.published_at is None:
            return False
        return self.published_at > timezone.now()

    @property
    def is_long(self) -> bool:
        return self.word_count >= LONG_ARTICLE_WORDS

    @property
    def reading_minutes(self) -> int:
        return max(1, round(self.word_count / WORDS_PER_MINUTE))

    @property
    def was_updated(self) -> bool:
        return self.published_at is not None and self.updated_at.date() > self.published_at.date()

    @property
    def description(self) -> str:
        """The short answer or the first words, for where little room is."""
        return shorten(self.short_answer or plain_text(self.body_html), DESCRIPTION_CHARACTERS, placeholder=" …")

    @transaction.atomic
    def write(self, *, at: datetime | None = None) -> None:
        """Saves the article with its rendered text; a slug that was left behind goes on leading here."""
        self.body_html = render_article(self.body)
        self.word_count = count_words(self.body)
        self.updated_at = at or timezone.now()
        if self.status == self.Status.PUBLISHED and self.published_at is None:
            self.published_at = self.updated_at
        if not self.slug:
            self.slug = free_slug(self.title)
        self._keep_former_slug()
        self.save()

    def _keep_former_slug(self) -> None:
        FormerSlug.objects.filter(slug=self.slug).delete()
        former = Article.objects.filter(pk=self.pk).exclude(slug=self.slug).values_list("slug", flat=True).first()
        if former:
            FormerSlug.objects.create(slug=former, article=self)


def free_slug(title: str) -> str:
    """A slug for the title which no article has or had."""
    base = slugify(title)[:150] or "article"
    slug, number = base, 1
    while Article.objects.filter(slug=slug).exists() or FormerSlug.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


class FormerSlug(models.Model):
    """An address an article had: it redirects for ever."""

    slug = models.SlugField(max_length=160, unique=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug


class Fact(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="facts")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("text"), max_length=500, blank=True)
    label = models.CharField(_("label"), max_length=120, blank=True)
    value = models.CharField(_("value"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | (~Q(label="") & ~Q(value="")),
                name="fact_says_something",
                violation_error_message=_("Write the fact as a text, or as a label with its value."),
            )
        ]

    def __str__(self) -> str:
        return self.text or f"{self.label}: {self.value}"


class FAQEntry(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="faq")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    question = models.CharField(_("question"), max_length=200)
    slug = models.SlugField(
        _("anchor"), max_length=80, blank=True, help_text=_("Made from the question once; links to it keep working.")
    )
    answer = models.TextField(_("answer"), help_text=_("Markdown"))
    answer_html = models.TextField(editable=False)

    class Meta:
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "slug"], name="faq_anchor_once_per_article")]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}?faq={self.slug}#faq-{self.slug}"

    def write(self) -> None:
        """Saves the entry with its rendered answer and, the first time, its anchor."""
        self.answer_html = render_article(self.answer)
        self.slug = self.slug or self._free_anchor()
        self.save()

    def _free_anchor(self) -> str:
        base = slugify(self.question)[:70] or "question"
        taken = set(FAQEntry.objects.filter(article=self.article, slug__startswith=base).values_list("slug", flat=True))
        return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)
