from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

OTHER = "other"
# So many different violations a day; what comes beyond is counted together.
ROWS_A_DAY = 100
KEPT = timedelta(days=30)


class PolicyViolationQuerySet(models.QuerySet["PolicyViolation"]):
    def count_one(self, directive: str, origin: str) -> None:
        """Count a violation of today. Who reported it, and about which page, is kept nowhere."""
        today = timezone.now().date()
        if self._count(today, directive, origin):
            return
        if self.filter(day=today).count() >= ROWS_A_DAY:
            directive = origin = OTHER
        self.bulk_create(
            [self.model(day=today, directive=directive, origin=origin)], ignore_conflicts=True
        )
        self._count(today, directive, origin)

    def _count(self, day: date, directive: str, origin: str) -> int:
        return self.filter(day=day, directive=directive, origin=origin).update(times=F("times") + 1)

    def expire(self) -> None:
        self.filter(day__lt=timezone.now().date() - KEPT).delete()


class PolicyViolation(models.Model):
    """A number of reports on one day that the Content-Security-Policy blocked something."""

    day = models.DateField(_("day"))
    directive = models.CharField(_("directive"), max_length=40)
    origin = models.CharField(_("what was blocked"), max_length=100)
    times = models.PositiveIntegerField(_("times"), default=0)

    objects: ClassVar[PolicyViolationQuerySet] = PolicyViolationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("violation of the security policy")
        verbose_name_plural = _("violations of the security policy")
        ordering = ["-day", "-times", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "directive", "origin"], name="policy_violation_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.directive}: {self.origin}"
