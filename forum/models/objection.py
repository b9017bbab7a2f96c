from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.moderation import ModerationAction


class Objection(models.Model):
    """Somebody whom a decision concerns says why it is wrong: once, and answered with reasons."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("The decision is taken back")
        REJECTED = "rejected", _("The decision stands")

    action = models.OneToOneField(ModerationAction, models.PROTECT, related_name="objection")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="objections")
    words = models.TextField(_("why it is wrong"), max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(decided_at__isnull=True), name="objection_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.action}"
