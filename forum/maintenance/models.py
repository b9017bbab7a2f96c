from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sample(models.Model):
    """Mark of an article, person or topic of the sample content, by which it can be removed."""

    article = models.OneToOneField("articles.Article", models.CASCADE, null=True, related_name="+")
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    topic = models.OneToOneField("articles.Topic", models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.article or self.person or self.topic)
