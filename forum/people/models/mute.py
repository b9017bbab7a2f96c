from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mute(models.Model):
    """One person does not want to read another: their comments are folded, and notify nobody
    who muted them.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes", db_index=False
    )
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted_by")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "muted"], name="mute_once_per_person"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("muted")), name="mute_of_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.muted_id}"
