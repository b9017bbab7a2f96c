from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Vote(models.Model):
    """What one person thinks of one comment."""

    class Value(models.IntegerChoices):
        HELPFUL = 1, _("Helpful")
        UNHELPFUL = -1, _("Not helpful")

    class LeftOut(models.TextChoices):
        """Why a vote is counted, and left out of the ranking."""

        RING = "ring", _("People who vote for each other")
        BURST = "burst", _("Many new accounts at once")

    comment = models.ForeignKey("forum.Comment", models.CASCADE, related_name="votes", db_index=False)
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes", db_index=False)
    # The comment's author, so that people who vote for each other are found without a join.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    value = models.SmallIntegerField(choices=Value)
    left_out = models.CharField(max_length=5, choices=LeftOut, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["voter", "-id"], name="vote_by_voter"),
            models.Index(fields=["author", "voter", "-id"], name="vote_for_author"),
            models.Index(fields=["comment", "-id"], name="vote_for_comment"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "voter"], name="vote_once_per_person"),
            models.CheckConstraint(condition=models.Q(value__in=[1, -1]), name="vote_is_for_or_against"),
        ]

    def __str__(self) -> str:
        return f"{self.voter} {self.get_value_display()} #{self.comment_id}"
