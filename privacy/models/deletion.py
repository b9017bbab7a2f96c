from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

# So long signing in undoes it.
GRACE = timedelta(days=7)
# A worker that has done nothing for so long is dead, and the next step is queued again.
LEASE = timedelta(minutes=5)
# The last administrator is asked about again after this time.
PATIENCE = timedelta(days=1)


class DeletionQuerySet(models.QuerySet["Deletion"]):
    def of(self, person: "User") -> "Deletion | None":
        return self.filter(person=person.pk).first()

    def waiting(self) -> Self:
        """Return those that signing in undoes."""
        return self.filter(began_at=None)

    def due(self) -> Self:
        """Return those of which nobody does the next step."""
        return self.filter(next_step_at__lte=timezone.now())

    def lease(self, pk: int) -> bool:
        """Take the next step on, unless somebody else did a moment ago."""
        lease = timezone.now() + LEASE
        return self.due().filter(pk=pk).update(next_step_at=lease) == 1


class Deletion(models.Model):
    """The deletion of an account that its owner asked for. The row goes with the account.

    Signing in undoes it until it begins; then the account is closed, and everything is erased step
    by step (privacy.erasure).
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="deletion"
    )
    # Published comments stay, without the name.
    keeps_comments = models.BooleanField()
    requested_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    next_step_at = models.DateTimeField(db_index=True)

    objects = DeletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("deletion of an account")
        verbose_name_plural = _("deletions of accounts")
        ordering = ["due_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)

    def withdraw(self) -> bool:
        """Keep the account. Return False if its deletion has begun."""
        withdrawn, _rows = Deletion.objects.waiting().filter(pk=self.pk).delete()
        return bool(withdrawn)

    def renew(self) -> None:
        """Keep other workers away while this one works."""
        Deletion.objects.filter(pk=self.pk).update(next_step_at=timezone.now() + LEASE)

    def postpone(self) -> None:
        later = timezone.now() + PATIENCE
        Deletion.objects.filter(pk=self.pk).update(due_at=later, next_step_at=later)
