from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from database.prepared import PreparedQuery, param

if TYPE_CHECKING:
    from accounts.models import User

# People banned at one place: more are not looked at.
MOST_BANNED = 20
# Long enough that a throw-away account made again costs
# patience, short enough to say so to everybody.
KEPT = timedelta(days=30)
NEW_ACCOUNT = timedelta(days=30)


class TraceManager(models.Manager["Trace"]):
    def leave(self, person: "User", place: str) -> None:
        """The person has written from this place just now."""
        trace = Trace(person=person, place=place)
        self.bulk_create(
            [trace],
            update_conflicts=True,
            unique_fields=["person", "place"],
            update_fields=["seen_at"],
        )

    def lead_to_a_ban(self, person: "User", place: str) -> bool:
        """Whether this is a new account from where somebody
        wrote who is banned. Nobody else is asked about.
        """
        now = timezone.now()
        if now - person.date_joined > NEW_ACCOUNT:
            return False
        return any(
            banned != person.pk and until > now for banned, until in BANNED_AT.objects(place)
        )

    def mark_places_of(self, person: "User") -> None:
        self.filter(person=person).update(banned_until=timezone.now() + KEPT)

    def clear_places_of(self, person: "User") -> None:
        self.filter(person=person).update(banned_until=None)

    def forget(self) -> None:
        """Those that nobody needs any more."""
        now = timezone.now()
        over = Q(banned_until=None) | Q(banned_until__lt=now)
        self.filter(over, seen_at__lt=now - KEPT).delete()


class Trace(models.Model):
    """That somebody wrote from a place, lately. The place is
    a keyed digest of a network, never an address.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="traces", db_index=False
    )
    place = models.CharField(max_length=64)
    seen_at = models.DateTimeField(default=timezone.now)
    # Somebody who wrote from here is banned: new accounts from here are looked at until then.
    banned_until = models.DateTimeField(null=True)

    objects = TraceManager()

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["place", "banned_until"], name="trace_of_place"),
            models.Index(fields=["seen_at"], name="trace_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "place"], name="trace_once_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.person}"


# Asked with each comment of a new account.
BANNED_AT = PreparedQuery(
    lambda: (
        Trace.objects.filter(place=str(param(1)), banned_until__isnull=False)
        .order_by("-banned_until")
        .values_list("person", "banned_until")[:MOST_BANNED]
    )
)
