"""The kinds of notifications, and how each reaches a person by email."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The reason for which a person is told. Of several reasons to tell them of one comment,
    the first in this list is used.
    """

    REPLY = "reply", _("A reply to you")
    MENTION = "mention", _("A mention of your name")
    THREAD = "thread", _("A comment in a thread that you follow")
    PASSAGE = "passage", _("A comment on a passage that you follow")
    ARTICLE = "article", _("A comment on an article that you follow")
    TOPIC = "topic", _("A comment in a topic that you follow")
    APPROVAL = "approval", _("Your comment was published")
    DECISION = "decision", _("A moderation decision about you")
    OBJECTION = "objection", _("The outcome of your objection")
    REPORT = "report", _("The outcome of your report")
    RECEIPT = "receipt", _("A confirmation that we received your report")


# About a comment. The others have their own object, and stay when a comment is hidden.
OF_COMMENTS = [
    Kind.REPLY,
    Kind.MENTION,
    Kind.THREAD,
    Kind.PASSAGE,
    Kind.ARTICLE,
    Kind.TOPIC,
    Kind.APPROVAL,
]
# Told because the person follows something; the name of each is that of Subscription's field.
FOLLOWED = [Kind.THREAD, Kind.PASSAGE, Kind.ARTICLE, Kind.TOPIC]

# So long after a comment its email waits: the author may take it back, and replies may join.
EMAIL_DELAY = timedelta(minutes=5)
# An email that is due waits so long for what else becomes due, so that a burst is one email.
JOINED_WITHIN = timedelta(seconds=45)
MORNING = 7  # the hour of digests, in the site's time zone
MONDAY = 0


class Delivery(models.TextChoices):
    """The time at which a person is emailed about a notification."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


def email_due_at(delivery: str, now: datetime) -> datetime | None:
    """Return when an email about something that happened now is due; None for never."""
    if delivery == Delivery.NEVER:
        return None
    if delivery == Delivery.AT_ONCE:
        return now + EMAIL_DELAY
    return next_morning(now, weekly=delivery == Delivery.WEEKLY)


def next_morning(now: datetime, *, weekly: bool = False) -> datetime:
    """Return when the next daily or weekly emails are due, in the site's time zone."""
    local = timezone.localtime(now, timezone.get_default_timezone())
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning += timedelta(days=1)
    return morning + timedelta(days=(MONDAY - morning.weekday()) % 7 if weekly else 0)


def latest_morning(now: datetime, *, weekly: bool = False) -> datetime:
    """Return when the last ones were due."""
    return next_morning(now, weekly=weekly) - timedelta(days=7 if weekly else 1)
