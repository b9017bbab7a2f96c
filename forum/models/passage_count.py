from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models import Passage


class PassageCount(models.Model):
    """How many published comments speak of a passage; there is a row once somebody has."""

    passage = models.OneToOneField(Passage, models.CASCADE, primary_key=True, related_name="+")
    comment_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of a passage")
        verbose_name_plural = _("counts of passages")
        ordering = ["passage"]

    def __str__(self) -> str:
        return f"{self.passage_id}: {self.comment_count}"
