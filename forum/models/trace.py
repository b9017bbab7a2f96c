from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Trace(models.Model):
    """That somebody wrote from a place, lately. The place is a keyed digest of a network, never an address."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="traces", db_index=False)
    place = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)
    # Somebody who wrote from here is banned: new accounts from here are looked at until then.
    banned_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["place", "banned_until"], name="trace_of_place"),
            models.Index(fields=["seen_at"], name="trace_by_age"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="trace_once_per_place")]

    def __str__(self) -> str:
        return f"{self.person}"
