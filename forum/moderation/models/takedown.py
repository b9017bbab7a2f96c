from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.log.models.text import NOTE_MAX_LENGTH
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from forum.moderation.undo import undo
from forum.people.models.sanction import Sanction
from forum.people.reasons import Reason
from forum.tasks import continue_takedown, undo_takedown

if TYPE_CHECKING:
    from accounts.models import User

AT_ONCE = 50  # comments in one request or task; a task goes on with the rest


class TakedownManager(models.Manager["Takedown"]):
    def begin(
        self, sanction: Sanction, *, by: "User", since: datetime | None, note: str = ""
    ) -> "Takedown":
        """Impose the sanction and start to remove the person's comments since a time, the
        newest first.
        """
        with transaction.atomic():
            action = impose(sanction, by=by, note=note)
            about = {
                "person": sanction.person,
                "reason": sanction.reason,
                "note": note,
                "since": since,
            }
            takedown = self.create(by=by, sanction=action, **about)
        takedown.go_on()
        return takedown


class Takedown(models.Model):
    """The removal of all comments of a person together with a sanction. One undo reverses all
    of it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="takedowns")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    sanction = models.OneToOneField(ModerationAction, models.PROTECT, related_name="takedown")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    note = models.TextField(_("note"), max_length=NOTE_MAX_LENGTH, blank=True)
    since = models.DateTimeField(null=True)  # older comments stay
    cursor = models.BigIntegerField(null=True)  # the comment that was looked at last
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = TakedownManager()

    class Meta:
        verbose_name = _("takedown")
        verbose_name_plural = _("takedowns")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.person}, {self.created_at:%Y-%m-%d}"

    # --- Removing ---

    def go_on(self) -> None:
        """Remove the next comments, and leave the remaining ones to a task."""
        comments = self._next_comments()
        for comment in comments:
            if not self._remove(comment):
                return
        if len(comments) == AT_ONCE:
            continue_takedown.enqueue(self.pk)
        else:
            Takedown.objects.filter(pk=self.pk, undone_at=None).update(finished_at=timezone.now())

    def _next_comments(self) -> list[Comment]:
        shown = [Comment.Status.PUBLISHED, Comment.Status.HELD]
        comments = Comment.objects.filter(author=self.person_id, status__in=shown)
        if self.since:
            comments = comments.filter(created_at__gte=self.since)
        if self.cursor:
            comments = comments.filter(pk__lt=self.cursor)
        return list(
            comments.select_related("author", "discussion__article").order_by("-pk")[:AT_ONCE]
        )

    @transaction.atomic
    def _remove(self, comment: Comment) -> bool:
        """Remove one comment. Return False if the takedown was undone meanwhile; the row lock
        excludes both at once.
        """
        comment.lock()
        if (
            not Takedown.objects.filter(pk=self.pk, undone_at=None).update(cursor=comment.pk)
            or self.by is None
        ):
            return False
        self.cursor = comment.pk
        line = decisions.remove(comment, by=self.by, reason=self.reason, note=self.note)
        if line:
            TakedownRemoval.objects.create(takedown=self, action=line)
        return True

    # --- Undoing ---

    def undo(self, *, by: "User") -> bool:
        """Lift the sanction and restore the comments. Return False if that was done before."""
        mark = {"undone_at": timezone.now(), "undone_by": by}
        if not Takedown.objects.filter(pk=self.pk, undone_at=None).update(**mark):
            return False
        self.undone_by = by
        undo(self.sanction, by=by)
        self.go_back()
        return True

    def go_back(self) -> None:
        """Restore the next comments, and leave the remaining ones to a task."""
        lines = list(
            self.removals.filter(is_undone=False).select_related("action__comment__author")[
                :AT_ONCE
            ]
        )
        for line in lines:
            if self.undone_by:
                undo(line.action, by=self.undone_by)
            TakedownRemoval.objects.filter(pk=line.pk).update(is_undone=True)
        if len(lines) == AT_ONCE:
            undo_takedown.enqueue(self.pk)


class TakedownRemoval(models.Model):
    """One removal of a takedown. The author gets no separate email about it."""

    takedown = models.ForeignKey(Takedown, models.CASCADE, related_name="removals")
    action = models.OneToOneField(ModerationAction, models.CASCADE, related_name="takedown_removal")
    is_undone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("removal of a takedown")
        verbose_name_plural = _("removals of takedowns")
        db_table = "forum_takedownline"
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.action)
