from collections.abc import Iterable
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mail.build import Content
from mail.failures import Cause, Failure

# A server that is away for a day still gets the email; after that somebody must look.
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 18 * 60)]
# A worker that has not finished sending after this long is dead.
LEASE = timedelta(minutes=1)
# Emails hold words and codes; nobody sends one again that is older.
KEPT = timedelta(days=30)
# A mailbox that was full or missing may be back after half a year.
REFUSAL_KEPT = timedelta(days=180)


class UndeliveredQuerySet(models.QuerySet["UndeliveredEmail"]):
    def store(self, content: Content, *, tries: int) -> "UndeliveredEmail":
        """Return the row of this email; a task that a dead worker left finds the one it made."""
        recipient = ", ".join([*content["to"], *content["cc"], *content["bcc"]])
        defaults = {"content": content, "recipient": recipient[:320], "tries": tries}
        message_id = content["headers"]["Message-ID"]
        return self.get_or_create(message_id=message_id, defaults=defaults)[0]

    def claim(self, pk: int) -> "UndeliveredEmail | None":
        """Return the email if it is due and no other worker is sending it."""
        now = timezone.now()
        mine = self.filter(pk=pk, next_try_at__lte=now).update(next_try_at=now + LEASE)
        return self.get(pk=pk) if mine else None

    def failing(self) -> "UndeliveredQuerySet":
        """Return what needs an administrator: the site cannot send, or gave up."""
        gave_up = models.Q(cause=Cause.LATER, next_try_at=None)
        return self.filter(models.Q(cause=Cause.SITE) | gave_up)

    def expire(self) -> None:
        self.filter(last_failed_at__lt=timezone.now() - KEPT).delete()


class UndeliveredEmail(models.Model):
    """An email that was not accepted so far: its tries, and the server's last answer."""

    class Causes(models.TextChoices):
        RECIPIENT = Cause.RECIPIENT, _("the recipient's address")
        SITE = Cause.SITE, _("this site's settings or its mail server")
        LATER = Cause.LATER, _("the server asked to try again later")

    message_id = models.CharField(max_length=255, unique=True, editable=False)
    recipient = models.CharField(_("recipient"), max_length=320)
    content = models.JSONField(editable=False)
    cause = models.CharField(_("about"), max_length=9, choices=Causes, default=Causes.SITE)
    answer = models.TextField(_("last answer"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    first_failed_at = models.DateTimeField(_("first failed"), default=timezone.now)
    last_failed_at = models.DateTimeField(_("last failed"), default=timezone.now)
    next_try_at = models.DateTimeField(_("next try"), null=True, blank=True)

    objects: ClassVar[UndeliveredQuerySet] = UndeliveredQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("undelivered email")
        verbose_name_plural = _("undelivered emails")
        ordering = ["-last_failed_at", "-pk"]

    def __str__(self) -> str:
        return self.recipient

    def fail(self, failure: Failure) -> None:
        """Note the answer, and when the next try is due;
        never again where it is about the recipient.
        """
        self.cause, self.answer = failure.cause, failure.answer
        self.last_failed_at = timezone.now()
        ended = failure.cause == Cause.RECIPIENT or self.tries >= len(WAITS)
        self.next_try_at = None if ended else self.last_failed_at + WAITS[self.tries]
        self.tries += 1
        self.save()

    def start_over(self) -> None:
        self.tries, self.next_try_at = 0, timezone.now()
        self.save(update_fields=["tries", "next_try_at"])


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def stop(self, emails: Iterable[str], *, cause: str) -> None:
        """Send no more notifications to these addresses. A complaint outlasts a refusal."""
        for email in emails:
            row, is_new = self.get_or_create(email=email, defaults={"cause": cause})
            if not is_new and cause != Suppression.Cause.REFUSED:
                self.filter(pk=row.pk).update(cause=cause)

    def of(self, email: str) -> "Suppression | None":
        return self.filter(email=email).first()

    def expire(self) -> None:
        refused = self.filter(cause=Suppression.Cause.REFUSED)
        refused.filter(created_at__lt=timezone.now() - REFUSAL_KEPT).delete()


class Suppression(models.Model):
    """An address that gets no notifications any more.

    What somebody asks for at this moment, such as a code, is still sent there.
    """

    class Cause(models.TextChoices):
        REFUSED = "refused", _("its server refuses our emails")
        COMPLAINT = "complaint", _("its owner reported an email of ours as spam")
        ASKED = "asked", _("its owner asked for no more emails")

    email = models.EmailField(_("email address"), unique=True)  # in the spelling of accounts.fields
    cause = models.CharField(_("because"), max_length=9, choices=Cause)
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("address without notifications")
        verbose_name_plural = _("addresses without notifications")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.email
