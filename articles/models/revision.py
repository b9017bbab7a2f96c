from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article


class ArticleRevisionQuerySet(models.QuerySet["ArticleRevision"]):
    def newest(self) -> Self:
        return self.order_by("-number")


class ArticleRevision(models.Model):
    """The text of an article with its facts and questions, as one save left it."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="revisions", db_index=False
    )  # the constraint has an index
    number = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="article_revisions"
    )
    at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Article.Status)
    is_imported = models.BooleanField(default=False)  # written by a file
    note = models.CharField(_("note for editors"), max_length=200, blank=True)
    change_note = models.CharField(_("what changed, for readers"), max_length=280, blank=True)
    content = models.JSONField()  # its shape: articles.revisions.content

    objects = ArticleRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision of an article")
        verbose_name_plural = _("revisions of articles")
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "number"], name="article_revision_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"
