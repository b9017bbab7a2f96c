"""Stop what a link names: kinds of emails to a person, or one subscription of an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.links import Purpose, person_and_thing, thing_of
from forum.notifications.models.kind import Delivery
from forum.notifications.models.settings import NotificationSettings
from forum.notifications.models.subscription import Subscription
from mail.models import Suppression

if TYPE_CHECKING:
    from accounts.models import User


@dataclass
class OfPerson:
    """The emails about some settings of a person."""

    person: "User"
    settings: Sequence[str]

    @property
    def labels(self) -> list[str]:
        field = NotificationSettings._meta.get_field
        return [str(field(name).verbose_name) for name in self.settings]  # type: ignore[union-attr]

    @transaction.atomic
    def leave(self) -> None:
        NotificationSettings.objects.get_or_create(person=self.person)
        off = dict.fromkeys(self.settings, Delivery.NEVER)
        NotificationSettings.objects.filter(person=self.person).update(**off)


@dataclass
class OfSubscription:
    """The emails about one article, which an address follows."""

    key: int

    def leave(self) -> None:
        Subscription.objects.filter(pk=self.key, person=None).delete()


@dataclass
class OfAddress:
    """All that strangers may ask the site to send to an address."""

    email: str

    def leave(self) -> None:
        Subscription.objects.filter(email=self.email, person=None).delete()
        Suppression.objects.stop([self.email], cause=Suppression.Cause.ASKED)


def emails_of(token: str) -> "OfPerson | OfSubscription | OfAddress | None":
    """Return what the link stops; None if it is wrong, has expired, or the address changed."""
    thing: list[Any] = thing_of(Purpose.UNSUBSCRIBE, token) or [None]
    if thing[0] == "subscription":
        return OfSubscription(thing[1])
    if thing[0] == "address":
        return OfAddress(thing[1])
    found = person_and_thing(Purpose.UNSUBSCRIBE, token)
    return OfPerson(*found) if found else None
