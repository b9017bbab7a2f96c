from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from database.prepared import PreparedQuery, param
from forum.people.reasons import Reason


class SanctionManager(models.Manager["Sanction"]):
    def of(self, person: Any, *kinds: str) -> "Sanction | None":
        """Return the sanction in force, of one of these kinds if any are named.

        Every press of a button asks, and most people never had one: a prepared query rules them
        out first.
        """
        if not SANCTIONS.values(person.pk):
            return None
        in_force = Q(until=None) | Q(until__gt=timezone.now())
        latest = self.filter(in_force, person=person, lifted_at=None)
        if kinds:
            latest = latest.filter(kind__in=kinds)
        return latest.order_by(models.F("until").desc(nulls_first=True), "-pk").first()

    def latest_in_force(self, number: int = 30) -> "list[Sanction]":
        """Return the newest sanctions in force, with the people whom they concern."""
        in_force = Q(until=None) | Q(until__gt=timezone.now())
        latest = self.filter(in_force, lifted_at=None).select_related("person")
        return list(latest.order_by("-pk")[:number])


class Sanction(models.Model):
    """The loss of the right to write, until a date or for good. Reading stays possible."""

    class Kind(models.TextChoices):
        SILENCE = "silence", _("Silence: can read and vote, cannot comment")
        SUSPENSION = "suspension", _("Suspension: can only read")
        BAN = "ban", _("Ban: can only read, permanently")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SUSPENSION)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    lifted_at = models.DateTimeField(_("lifted"), null=True, editable=False)

    # Somebody silenced cannot write; what they see of
    # others they can still say, by votes and flags.
    LEAVES_READING_ALONE = (Kind.SUSPENSION, Kind.BAN)

    objects = SanctionManager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "-until"], name="sanction_in_force")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="ban", until=None) | (~Q(kind="ban") & Q(until__isnull=False)),
                name="sanction_ends_unless_a_ban",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"


SANCTIONS = PreparedQuery(
    lambda: (
        Sanction.objects.filter(person=param(1), lifted_at=None).order_by().values_list("pk")[:1]
    )
)
