from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from text.fields import validate_shown


class ArticleAuthor(models.Model):
    """One name of a byline: a person with an account, or a name with an address of its own.

    An article has these rows only if its byline says more than `Article.author`.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="authors")
    position = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    name = models.CharField(_("name"), max_length=80, blank=True, validators=[validate_shown])
    url = models.URLField(_("web address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "person"], name="author_once_per_article"),
            models.CheckConstraint(
                condition=(Q(person=None) & ~Q(name="")) | Q(person__isnull=False, name=""),
                name="author_is_person_or_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person)

    @property
    def address(self) -> str:
        """Return the address of the page about the author, or nothing."""
        return self.person.get_absolute_url() if self.person else self.url


def byline_of(article: Article) -> list[ArticleAuthor]:
    """Return the authors of an article in their order; read once for each object."""
    if "byline" not in article.__dict__:
        fill_bylines([article])
    byline: list[ArticleAuthor] = article.__dict__["byline"]
    return byline


def fill_bylines(articles: Sequence[Article]) -> None:
    """Read the bylines of articles with one query; with none if each has one author at most."""
    rows: dict[int, list[ArticleAuthor]] = {each.pk: [] for each in articles if each.has_byline}
    if rows:
        found: Any = ArticleAuthor.objects.filter(article__in=rows).select_related("person")
        for row in found:
            rows[row.article_id].append(row)
    for article in articles:
        alone = [ArticleAuthor(person=article.author)] if article.author else []
        article.__dict__["byline"] = rows[article.pk] if article.has_byline else alone
