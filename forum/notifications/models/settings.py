from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.notifications.models.kind import FOLLOWED, Delivery, Kind

# The setting of each kind that has one. A law requires the emails about the others.
SETTING_OF = {
    Kind.REPLY: "replies",
    Kind.MENTION: "mentions",
    **dict.fromkeys(FOLLOWED, "followed"),
    Kind.APPROVAL: "approvals",
    Kind.REPORT: "reports",
}


def _choice(label: Any, default: Delivery) -> models.CharField:
    return models.CharField(label, max_length=7, choices=Delivery, default=default)


class NotificationSettings(models.Model):
    """A person's choice when to get emails, for each kind of notification. No row means the
    defaults.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="notification_settings",
    )
    replies = _choice(_("Replies to you"), Delivery.AT_ONCE)
    mentions = _choice(_("Mentions of your name"), Delivery.AT_ONCE)
    followed = _choice(_("Comments in what you follow"), Delivery.DAILY)
    approvals = _choice(_("Your comment was published after a check"), Delivery.AT_ONCE)
    reports = _choice(_("Outcomes of your reports"), Delivery.AT_ONCE)
    # The email about what waits, for moderators and editors alone.
    summary = models.CharField(
        _("Summary of what waits for moderators"),
        max_length=7,
        choices=[choice for choice in Delivery.choices if choice[0] != Delivery.AT_ONCE],
        default=Delivery.DAILY,
    )
    summarized_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("notification settings")
        verbose_name_plural = _("notification settings")

    def __str__(self) -> str:
        return str(self.person_id)

    def delivery_of(self, kind: str) -> str:
        setting = SETTING_OF.get(Kind(kind))
        return str(getattr(self, setting)) if setting else Delivery.AT_ONCE


def settings_of(person: int | None) -> NotificationSettings:
    chosen = NotificationSettings.objects.filter(person=person).first()
    return chosen or NotificationSettings()


def default_delivery(kind: str) -> str:
    return NotificationSettings().delivery_of(kind)
