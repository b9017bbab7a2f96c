from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.slugs import refuse_reserved_slug
from text.fields import validate_shown


class TopicQuerySet(models.QuerySet["Topic"]):
    def with_articles(self) -> Self:
        """Topics in which there is something to read."""
        articles: Any = apps.get_model("articles", "Article").objects
        return self.filter(pk__in=articles.published().values("topic"))

    def with_counts(self) -> Self:
        """Annotate the number of published articles, of topics that have any."""
        public = Q(articles__status="published", articles__published_at__lte=timezone.now())
        counted = self.annotate(article_count=Count("articles", filter=public))
        return counted.filter(article_count__gt=0)


class Topic(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True, validators=[validate_shown])
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, validators=[refuse_reserved_slug]
    )
    introduction = models.CharField(
        _("introduction"), max_length=300, blank=True, validators=[validate_shown]
    )
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
