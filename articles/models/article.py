from datetime import datetime, timedelta
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.topic import Topic
from articles.rights import may_edit_all, may_write
from articles.slugs import refuse_reserved_slug
from articles.validators import validate_markdown_shown, validate_markdown_size
from articles.visibility import recount_notifications, visibility_changed
from database.search import SearchWordsField
from pagecache import versions
from text.fields import validate_shown

WORDS_PER_MINUTE = 230
# An article of this length gets its contents beside it.
LONG_ARTICLE_WORDS = 200
# What search engines and previews of links show of a description.
DESCRIPTION_CHARACTERS = 200
# Publishing takes a few writes; none of them is a correction.
PUBLISHING_TIME = timedelta(minutes=1)
# Columns that lists and pages about something else do not load.
LONG_COLUMNS = ("body", "body_html", "search_words")
# What decides whether readers see an article.
WHEN_PUBLIC = frozenset({"status", "published_at"})


def long_columns(path: str) -> list[str]:
    """Return the long columns of an article behind this relation, for `defer`."""
    return [f"{path}__{name}" for name in LONG_COLUMNS]


class OutdatedArticle(Exception):
    """The article was saved by another request after the form was opened."""


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        return self.filter(status=Article.Status.PUBLISHED, published_at__lte=timezone.now())

    def visible_to(self, user: Any) -> Self:
        """Return what somebody may see: drafts are for editors, and for the writers of each."""
        if may_edit_all(user):
            return self
        return self.published() | self.by(user) if may_write(user) else self.published()

    def by(self, person: Any) -> Self:
        """Return the articles that name a person in their byline."""
        named: Any = apps.get_model("articles", "ArticleAuthor").objects.order_by()
        alone = Article.objects.order_by().filter(author=person)
        keys = alone.values("pk").union(named.filter(person=person).values("article"))
        return self.filter(pk__in=keys)

    def at(self, slug: str) -> Self:
        """The article with this address, or that had it once."""
        return self.filter(
            Q(slug=slug) | Q(pk__in=FormerSlug.objects.filter(slug=slug).values("article"))
        )

    def newest(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def begin_save(self, pk: int, *, version: datetime) -> None:
        """Take the article for this transaction, unless it was saved
        since this version was read.
        """
        same = self.filter(pk=pk, updated_at=version)
        # Past our own update(): the save that follows purges the pages of this article alone.
        if not models.QuerySet.update(same, updated_at=timezone.now()):
            raise OutdatedArticle

    def older_than(self, article: "Article") -> Self:
        """Return the articles after this one, in the order that has the newest first."""
        return self.filter(
            Q(published_at__lt=article.published_at)
            | Q(published_at=article.published_at, pk__lt=article.pk)
        )

    def with_byline(self) -> Self:
        return self.select_related("topic", "author")

    def without_text(self) -> Self:
        """Leave out the text, which may be long and which lists do not show."""
        return self.defer(*LONG_COLUMNS)

    def update(self, **values: Any) -> int:
        """Change rows past `Article.save`: nobody asks which, so every cached page is made anew."""
        versions.purge_everything()
        if WHEN_PUBLIC.isdisjoint(values):
            return super().update(**values)
        articles = list(self.values_list("pk", flat=True))
        number = super().update(**values)
        recount_notifications(*articles)
        return number

    def delete(self) -> tuple[int, dict[str, int]]:
        versions.purge_everything()
        return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("topic"),
    )
    title = models.CharField(_("title"), max_length=160, validators=[validate_shown])
    slug = models.SlugField(
        _("address"), max_length=160, unique=True, validators=[refuse_reserved_slug]
    )
    short_answer = models.TextField(
        _("short answer"),
        max_length=600,
        blank=True,
        help_text=_("Shown first. Use at most 50 words."),
        validators=[validate_shown],
    )
    body = models.TextField(
        _("text"),
        help_text=_("Markdown"),
        validators=[validate_markdown_size, validate_markdown_shown],
    )
    body_html = models.TextField(editable=False)
    # The short answer or the first words, for search engines, feeds and lists.
    description = models.CharField(max_length=DESCRIPTION_CHARACTERS, blank=True, editable=False)
    # Of the title, the short answer, the text and the facts.
    search_words = SearchWordsField()
    word_count = models.PositiveIntegerField(default=0, editable=False)
    facts_heading = models.CharField(
        _("heading of the facts"), max_length=120, blank=True, validators=[validate_shown]
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("author"),
    )
    # Rows of ArticleAuthor name the authors. `author` is then the first of them with an account:
    # the one who answers in the discussion as the author.
    has_byline = models.BooleanField(default=False, editable=False)
    # Below the text, as a numbered list: [{"title": …, "url": …}].
    sources = models.JSONField(default=list, blank=True, editable=False)
    # What editors told readers about changes, the newest first: [{"at": …, "note": …}]. Kept here
    # because the page shows it, which may cost no query.
    change_notes = models.JSONField(default=list, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()
    rendered = ("", "")  # the text, and its markup

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="article_newest"),
            models.Index(
                fields=["topic", "status", "-published_at", "-id"], name="article_newest_in_topic"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False),
                name="article_published_has_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **options: Any) -> None:
        is_moved = not self._state.adding and self._changes_when_public()
        super().save(*args, **options)
        visibility_changed(self.pk)
        if is_moved:
            recount_notifications(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        visibility_changed(self.pk)
        return super().delete(*args, **options)

    def _changes_when_public(self) -> bool:
        """Return whether the row says otherwise than this object when readers see the article."""
        same = {name: getattr(self, name) for name in WHEN_PUBLIC}
        return Article.objects.filter(pk=self.pk).exclude(**same).exists()

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
    def public_changes(self) -> list[tuple[datetime, str]]:
        return [(datetime.fromisoformat(each["at"]), each["note"]) for each in self.change_notes]

    @property
    def was_updated(self) -> bool:
        """Return whether the text changed once it was public, on the day of publication, too."""
        return (
            self.published_at is not None and self.updated_at - self.published_at > PUBLISHING_TIME
        )


class FormerSlug(models.Model):
    """An address an article had: it redirects for ever."""

    slug = models.SlugField(max_length=160, unique=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
