from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Visit(models.Model):
    """How far a signed-in reader has read a discussion, by the keys of comments."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="visits", db_index=False)
    discussion = models.ForeignKey("forum.Discussion", models.CASCADE, related_name="visits")
    seen_before = models.PositiveBigIntegerField(
        default=0
    )  # at the end of the visit before this one: newer ones are new
    seen = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "discussion"], name="visit_once_per_discussion")]

    def __str__(self) -> str:
        return f"{self.person}, {self.discussion_id}"
