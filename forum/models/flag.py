from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.moderation import Reason

NOTE_MAX_LENGTH = 300


class FlagReason(models.Model):
    """One line of the list a reader chooses from; publishers word and order it."""

    name = models.CharField(_("name"), max_length=60)
    # With which reason a comment is removed when such a flag is upheld; none: moderators do not act on it.
    reason = models.CharField(_("reason of a removal"), max_length=12, choices=Reason, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("reason to report")
        verbose_name_plural = _("reasons to report")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Flag(models.Model):
    """One person's report of one comment."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("A moderator acted on it")
        REJECTED = "rejected", _("A moderator let the comment stand")

    comment = models.ForeignKey("forum.Comment", models.CASCADE, related_name="flags", db_index=False)
    # Nobody, where the reader was signed out; they may have left an address for the answer.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="flags", db_index=False
    )
    email = models.EmailField(blank=True)
    reason = models.ForeignKey(FlagReason, models.PROTECT, related_name="flags", verbose_name=_("reason"))
    note = models.CharField(_("note"), max_length=NOTE_MAX_LENGTH, blank=True)
    weight = models.PositiveSmallIntegerField()  # hundredths of a person whose flags are upheld
    created_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["comment", "-id"], name="flag_of_comment"),
            models.Index(fields=["person", "-id"], name="flag_by_person"),
            models.Index(fields=["created_at", "outcome"], name="flag_counted"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="flag_once_per_person"),
            models.UniqueConstraint(
                fields=["comment", "email"], condition=Q(person=None), name="flag_once_per_address"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}: {self.reason}"
