from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Lesson(models.Model):
    """What was learnt from the moderators' decisions: how much each word says for or against spam."""

    weights = models.JSONField()
    comments = models.PositiveIntegerField()  # that it was learnt from
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"
