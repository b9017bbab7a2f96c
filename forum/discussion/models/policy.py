from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from articles.models import Article


class PolicyQuerySet(models.QuerySet["Policy"]):
    def of(self, article: "Article") -> str:
        """The mode for an article: its own, its topic's, the site's."""
        nearest = models.Q(article=article) | models.Q(article=None, topic=None)
        if article.topic_id:
            nearest |= models.Q(topic=article.topic_id)
        found: list[Policy] = list(self.filter(nearest))
        found.sort(key=lambda each: (each.article_id is None, each.topic_id is None))
        return found[0].mode if found else Policy.Mode.AFTER


class Policy(models.Model):
    """When comments show: for one article, for the articles
    of a topic, or, with neither, for the site.
    """

    class Mode(models.TextChoices):
        AFTER = "after", _("Immediately; moderators review them afterwards")
        BEFORE = "before", _("After a moderator has approved them")
        CLOSED = "closed", _("Nobody can comment")

    article = models.OneToOneField(
        "articles.Article",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article"),
    )
    topic = models.OneToOneField(
        "articles.Topic",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic"),
    )
    mode = models.CharField(_("comments appear"), max_length=6, choices=Mode, default=Mode.AFTER)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(article=None) | models.Q(topic=None), name="policy_for_one_thing"
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(article=None, topic=None),
                name="policy_once_for_the_site",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article or self.topic or _('The whole site')}: {self.get_mode_display()}"
