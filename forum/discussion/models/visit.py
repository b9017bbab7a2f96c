from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.discussion.clock import is_within

if TYPE_CHECKING:
    from accounts.models import User
    from forum.discussion.models.discussion import Discussion

# Somebody who was away so long comes back for another visit; a
# page loaded again before that keeps its marks.
PAUSE = timedelta(minutes=30)


class VisitManager(models.Manager["Visit"]):
    @transaction.atomic
    def record(self, *, person: "User", discussion: "Discussion", seen: int) -> None:
        """The person has seen the discussion up to this comment; on a
        first visit nothing is new.
        """
        visit, is_first = self.select_for_update().get_or_create(
            person=person, discussion=discussion, defaults={"seen_before": seen, "seen": seen}
        )
        if not is_first:
            visit.seen_before = visit.new_after
            visit.seen = max(visit.seen, seen)
            visit.at = timezone.now()
            visit.save()

    def mark_read(self, *, person: "User", discussion: "Discussion", seen: int) -> None:
        """Nothing up to this comment is new any more."""
        now = timezone.now()
        read = {"seen_before": seen, "seen": seen, "at": now}
        self.update_or_create(person=person, discussion=discussion, defaults=read)


class Visit(models.Model):
    """How far a signed-in reader has read a discussion, by the keys of comments."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="visits", db_index=False
    )
    discussion = models.ForeignKey("forum.Discussion", models.CASCADE, related_name="visits")
    # At the end of the visit before this one: what is newer is new.
    seen_before = models.PositiveBigIntegerField(default=0)
    seen = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    objects = VisitManager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "discussion"], name="visit_once_per_discussion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.discussion_id}"

    @property
    def new_after(self) -> int:
        """Comments behind this key are new to the person now."""
        return self.seen_before if is_within(PAUSE, self.at) else self.seen
