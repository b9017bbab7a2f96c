"""Envelopes of all emails about notifications: who gets them, their headers, how to leave.

Such an email is composed each time that it is tried (mail.build.deferred), so it never says what
readers may not see any more.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.links import Purpose, sign_for
from accounts.reading import reads_in
from forum.notifications.models.kind import Delivery
from forum.notifications.models.notification import Notification
from forum.notifications.models.settings import SETTING_OF, settings_of
from mail.backends import is_deliverable
from mail.build import BULK_PRIORITY, deferred, mail_host, mail_id
from mail.delivery import queue
from mail.letters import letter
from mail.models import Suppression

if TYPE_CHECKING:
    from accounts.models import User
    from forum.notifications.models.notification import NotificationQuerySet


def queue_email(
    composer: str,
    *arguments: Any,
    to: str,
    name: Sequence[Any],
    priority: int = BULK_PRIORITY,
) -> None:
    """Queue an email in the open transaction. `name` makes its Message-ID: a repeat has the same.

    `composer` is a function of this package, as "module.function".
    """
    path = f"forum.notifications.{composer}"
    queue(deferred(path, *arguments, to=to, message_id=mail_id(*name), priority=priority))


def addressee(key: int) -> "User | None":
    """Return the person if they have an active account whose address takes notifications, and that
    does not wait for its deletion.
    """
    people: Any = get_user_model().objects
    person: User | None = people.filter(pk=key, is_active=True, deletion=None).first()
    return person if person and takes_notifications(person.email) else None


def wanted(person: "User", keys: Sequence[int]) -> "NotificationQuerySet":
    """Return these notifications as far as the person may see them now and wants emails about
    them: they may have turned these off while the email waited for the mail server.
    """
    settings = settings_of(person.pk)
    off = [kind for kind in SETTING_OF if settings.delivery_of(kind) == Delivery.NEVER]
    rows = Notification.objects.of(person).shown().filter(pk__in=keys)
    return rows.exclude(kind__in=off).order_by("pk")


def takes_notifications(email: str) -> bool:
    return is_deliverable(email) and not Suppression.objects.of(email)


def list_email(
    template: str,
    reader: "User | str",
    context: dict[str, Any],
    *,
    list_name: str,
    leave: str,
    references: Sequence[str] = (),
    language: str = "",
) -> EmailMessage:
    """Build an email that its reader can stop by one press, in the mail program too (RFC 8058).

    `reader` is a person, or an address without an account; its `language` is that of the page.
    """
    person, email = (None, reader) if isinstance(reader, str) else (reader, reader.email)
    context = {"leave": leave, **context}
    message = letter(template, email, context, **reads_in(person, language))
    message.extra_headers |= {
        "List-Id": f"<{list_name}.{mail_host()}>",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if references:
        message.extra_headers |= {
            "References": " ".join(references),
            "In-Reply-To": references[-1],
        }
    return message


def link_to_leave(person: "User", kinds: Sequence[str]) -> str:
    """Return the address that turns off the emails about these settings of the person."""
    return unsubscribe_url(sign_for(person, Purpose.UNSUBSCRIBE, *kinds))


def unsubscribe_url(token: str) -> str:
    return whole(reverse("unsubscribe", args=[token]))


def whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
