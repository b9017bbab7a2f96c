"""Ask the owner of an address that gets no notifications whether it takes them again."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from accounts.links import Purpose, sign
from accounts.reading import reads_in
from forum.notifications.envelope import queue_email, whole
from mail.letters import letter

if TYPE_CHECKING:
    from accounts.models import User


def ask_owner(person: "User") -> None:
    name = ("again", f"{timezone.now():%Y%m%d%H%M%S%f}")
    queue_email("again.compose", person.pk, to=person.email, name=name, priority=0)


def compose(key: int) -> EmailMessage:
    person: User = get_user_model().objects.get(pk=key)
    email = person.email
    link = whole(reverse("confirm", args=[sign(Purpose.CONFIRM, "address", email)]))
    return letter("forum/notifications/again", email, {"link": link}, **reads_in(person))
