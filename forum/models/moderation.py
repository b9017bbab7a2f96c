from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.statements import FIRST, Statement

if TYPE_CHECKING:
    from accounts.models import User


class Reason(models.TextChoices):
    SPAM = "spam", _("Spam")
    UNKIND = "unkind", _("Unkind or threatening")
    OFF_TOPIC = "off_topic", _("Off topic")
    PRIVATE = "private", _("Private information")
    ILLEGAL = "illegal", _("Illegal content")
    OTHER = "other", _("Against the rules of this site")


class ModerationAction(models.Model):
    """One line of the log: who did what, to what, when and why. Lines are added, never changed."""

    class Kind(models.TextChoices):
        REMOVE = "remove", _("removed a comment")
        ERASE = "erase", _("deleted a comment")
        RESTORE = "restore", _("restored a comment")
        CLOSE = "close", _("closed a discussion")
        REOPEN = "reopen", _("reopened a discussion")
        SUSPEND = "suspend", _("suspended a person")
        LIFT = "lift", _("lifted a suspension")

    kind = models.CharField(_("action"), max_length=10, choices=Kind)
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="moderation_actions", verbose_name=_("moderator")
    )
    comment = models.ForeignKey("forum.Comment", models.PROTECT, null=True, related_name="moderation_actions")
    discussion = models.ForeignKey("forum.Discussion", models.PROTECT, null=True, related_name="moderation_actions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("moderation action")
        verbose_name_plural = _("moderation log")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(comment__isnull=False)
                | models.Q(discussion__isnull=False)
                | models.Q(person__isnull=False),
                name="moderation_action_has_an_object",
            )
        ]

    def __str__(self) -> str:
        return f"{self.moderator} {self.get_kind_display()}"

    @classmethod
    def record(cls, kind: str, *, by: "User", **what: Any) -> Self:
        return cls.objects.create(kind=kind, moderator=by, **what)


class SuspensionManager(models.Manager["Suspension"]):
    def of(self, person: Any) -> "Suspension | None":
        """The suspension in force, if there is one. Most people never had any: that is what each press asks."""
        if not SUSPENSIONS.rows(person.pk):
            return None
        return self.filter(person=person, until__gt=timezone.now(), lifted_at=None).order_by("-until", "-pk").first()


class Suspension(models.Model):
    """A person who may read but not write, until a date."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="suspensions", verbose_name=_("person")
    )
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    lifted_at = models.DateTimeField(_("lifted"), null=True, editable=False)

    objects = SuspensionManager()

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "-until"], name="suspension_in_force")]

    def __str__(self) -> str:
        return f"{self.person}, {self.until:%Y-%m-%d}"

    @transaction.atomic
    def suspend(self, *, by: "User", note: str = "") -> ModerationAction:
        """Puts the suspension into force."""
        self.save(force_insert=True)
        kind = ModerationAction.Kind.SUSPEND
        return ModerationAction.record(kind, by=by, person=self.person, reason=self.reason, note=note)

    @transaction.atomic
    def lift(self, *, by: "User", note: str = "") -> ModerationAction | None:
        if not Suspension.objects.filter(pk=self.pk, lifted_at=None).update(lifted_at=timezone.now()):
            return None
        return ModerationAction.record(ModerationAction.Kind.LIFT, by=by, person=self.person, note=note)


SUSPENSIONS = Statement(
    lambda: Suspension.objects.filter(person=FIRST, lifted_at=None).order_by().values_list("pk")[:1]
)
