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

# Bans of one network that are compared with a new account: more are not read.
BANS_READ = 20
# Long enough to make evading a ban tedious, short enough to state in the privacy notice.
RETENTION = timedelta(days=30)
NEW_ACCOUNT = timedelta(days=30)


class NetworkTraceManager(models.Manager["NetworkTrace"]):
    def record(self, person: "User", network: str) -> None:
        """Store that the person has just written from this network."""
        trace = NetworkTrace(person=person, network=network)
        self.bulk_create(
            [trace],
            update_conflicts=True,
            unique_fields=["person", "network"],
            update_fields=["seen_at"],
        )

    def matches_ban(self, person: "User", network: str) -> bool:
        """Return True for a new account on a network from which a banned person wrote."""
        now = timezone.now()
        if now - person.date_joined > NEW_ACCOUNT:
            return False
        bans = BANS_OF_NETWORK.objects(network)
        return any(banned != person.pk and until > now for banned, until in bans)

    def mark_banned(self, person: "User") -> None:
        self.filter(person=person).update(banned_until=timezone.now() + RETENTION)

    def clear_banned(self, person: "User") -> None:
        self.filter(person=person).update(banned_until=None)

    def delete_expired(self) -> None:
        """Delete the traces that are past their retention and match no ban any more."""
        now = timezone.now()
        is_over = Q(banned_until=None) | Q(banned_until__lt=now)
        self.filter(is_over, seen_at__lt=now - RETENTION).delete()


class NetworkTrace(models.Model):
    """A network from which a person wrote lately: a keyed digest, never an address."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="traces", db_index=False
    )
    network = models.CharField(max_length=64, db_column="place")
    seen_at = models.DateTimeField(default=timezone.now)
    # Until then, comments of new accounts on this network are held: the person was banned.
    banned_until = models.DateTimeField(null=True)

    objects = NetworkTraceManager()

    class Meta:
        verbose_name = _("network trace")
        verbose_name_plural = _("network traces")
        db_table = "forum_trace"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["network", "banned_until"], name="trace_of_place"),
            models.Index(fields=["seen_at"], name="trace_by_age"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "network"], name="trace_once_per_place")
        ]

    def __str__(self) -> str:
        return f"{self.person}"


# One query for each comment of a new account.
BANS_OF_NETWORK = PreparedQuery(
    lambda: (
        NetworkTrace.objects.filter(network=str(param(1)), banned_until__isnull=False)
        .order_by("-banned_until")
        .values_list("person", "banned_until")[:BANS_READ]
    )
)
