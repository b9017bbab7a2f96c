"""Former names: they lead to the person who had them, and nobody else can take them.

While the account exists, a name belongs to it. When the account goes, a keyed digest of what the
name looked like stays for a year, without saying whose it was.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import IntegrityError, models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.names import NAME_MAX_LENGTH, SKELETON_MAX_LENGTH, skeleton

if TYPE_CHECKING:
    from accounts.models import User

RESERVED_FOR = timedelta(days=365)  # after the account is gone
DIGEST_MARK = "#"  # no skeleton has it: it parts words


def digest(likeness: str) -> str:
    return DIGEST_MARK + salted_hmac("accounts.name", likeness, algorithm="sha256").hexdigest()


class FormerNameQuerySet(models.QuerySet["FormerName"]):
    def held(self, *likenesses: str) -> Self:
        """Return the former names that look so and that only their person can take."""
        looks = {*likenesses, *map(digest, likenesses)}
        is_held = Q(person__isnull=False) | Q(reserved_until__gt=timezone.now())
        return self.filter(is_held, skeleton__in=looks).order_by()

    def claim(self, person: "User", *, former: str = "") -> None:
        """Store the name that a person had until now, and refuse the one of somebody else: raise
        IntegrityError.

        To be called after the person is saved, in the same transaction. Whoever saved the same
        name a moment ago was waited for then, so that their row is seen here.
        """
        likeness = skeleton(person.username)
        if self.held(likeness).exclude(person=person.pk).exists():
            raise IntegrityError("The name is a former one of somebody else.")
        if former and skeleton(former) != likeness:
            name = FormerName(name=former, skeleton=skeleton(former), person=person)
            self._store([name], "name", "person", "ended_at")

    def release(self, people: "models.QuerySet[User]") -> None:
        """Forget whose these names were, also the present ones, and reserve them for a while.

        To be called in the transaction that deletes the people.
        """
        present = dict(people.values_list("pk", "username_skeleton"))
        former = self.filter(person__in=present)
        looks = {*present.values(), *former.values_list("skeleton", flat=True)}
        former.delete()
        until = timezone.now() + RESERVED_FOR
        names = [FormerName(skeleton=digest(look), reserved_until=until) for look in sorted(looks)]
        self._store(names, "reserved_until", "ended_at")

    def free(self, *names: str) -> None:
        """Let anybody take these names, as if nobody had had them."""
        self.filter(person=None, skeleton__in=[digest(skeleton(name)) for name in names]).delete()

    def expire(self) -> None:
        self.filter(reserved_until__lte=timezone.now()).delete()

    def _store(self, names: list[Any], *columns: str) -> None:
        self.bulk_create(
            names, update_conflicts=True, unique_fields=["skeleton"], update_fields=[*columns]
        )


class FormerName(models.Model):
    """A name that somebody had before the present one, or that is reserved after its account."""

    name = models.CharField(_("name"), max_length=NAME_MAX_LENGTH, blank=True)
    # What it looked like; a digest of that once the account is gone.
    skeleton = models.CharField(max_length=SKELETON_MAX_LENGTH, unique=True, editable=False)
    # Released by `User.delete`, which no deletion passes by: the database refuses it otherwise.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, related_name="former_names"
    )
    ended_at = models.DateTimeField(_("until"), default=timezone.now)
    reserved_until = models.DateTimeField(null=True, db_index=True)

    objects = FormerNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["-ended_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, reserved_until=None)
                | Q(person=None, reserved_until__isnull=False, name=""),
                name="former_name_of_somebody_or_reserved",
            )
        ]

    def __str__(self) -> str:
        return self.name
