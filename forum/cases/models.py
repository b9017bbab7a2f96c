from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Topic
from forum.log.models.action import ModerationAction

if TYPE_CHECKING:
    from accounts.models import User
    from forum.discussion.models.comment import Comment

# Whoever looks at a comment longer than this has left it to others.
CLAIM = timedelta(minutes=2)


class CaseQuerySet(models.QuerySet["Case"]):
    def waiting(self) -> Self:
        """Return open cases, the most severe first, and the oldest first among equals."""
        return self.filter(decided_at=None).order_by("-severity", "opened_at", "pk")

    def open(self, comment: "Comment", *, cause: str, severity: int, **details: Any) -> "Case":
        """Open a case for the comment, or raise the severity of its open case.

        Call it inside a transaction that has locked the comment's discussion. `severity` is 0
        to 100.
        """
        topic = comment.discussion.article.topic_id
        first = {"cause": cause, "severity": severity, "topic_id": topic, **details}
        case, is_new = self.get_or_create(comment=comment, decided_at=None, defaults=first)
        if not is_new:
            self.filter(pk=case.pk).update(severity=Greatest(F("severity"), severity), **details)
            case.refresh_from_db()
        return case

    def close(self, comment: "Comment", action: ModerationAction) -> bool:
        """Close the open case of a comment with a decision. Return False if there was none."""
        waiting = self.filter(comment=comment, decided_at=None)
        return bool(waiting.update(decided_at=action.created_at, action=action))

    def withdraw(self, comment: "Comment") -> None:
        """Close the open case of a comment that its author deleted: no decision is needed."""
        self.filter(comment=comment, decided_at=None).update(decided_at=timezone.now())

    def resume(self, comment: "Comment") -> bool:
        """Reopen the case of a comment that its author undeleted. Return False if it had none."""
        return self._reopen(self.filter(comment=comment, action=None))

    def reopen(self, action: ModerationAction) -> None:
        """Reopen the case that an undone decision had closed."""
        self._reopen(self.filter(action=action))

    def _reopen(self, closed: Self) -> bool:
        """Reopen the latest of the closed cases, under the lock of the discussion.

        A comment has at most one open case, so nothing happens if it has one.
        """
        latest = closed.order_by("-pk").first()
        if latest is None or self.filter(comment=latest.comment_id, decided_at=None).exists():
            return False
        self.filter(pk=latest.pk).update(
            decided_at=None, action=None, claimed_by=None, claimed_until=None
        )
        return True

    def claim(self, *, by: "User") -> bool:
        """Mark these open cases as looked at by a moderator, unless somebody else is. Return
        False for none.
        """
        now = timezone.now()
        free = Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_until__lte=now)
        return bool(
            self.filter(free, decided_at=None).update(claimed_by=by, claimed_until=now + CLAIM)
        )


class Case(models.Model):
    """One time that a comment waits for a decision. A comment has at most one open case; the
    queue is the open cases.
    """

    class Cause(models.TextChoices):
        RULE = "rule", _("A rule")
        BEFORE = "before", _("Every comment is reviewed here")
        SPAM = "spam", _("Looks like spam")
        FLAGS = "flags", _("Reported")
        HEAT = "heat", _("Heated")
        NETWORK = "place", _("Network of a banned user")  # the stored value is frozen

    comment = models.ForeignKey(
        "forum.Comment", models.CASCADE, related_name="cases", db_index=False
    )
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, related_name="+", db_index=False)
    cause = models.CharField(max_length=6, choices=Cause)
    rule = models.ForeignKey(
        "forum.Rule", models.PROTECT, null=True, related_name="+", db_index=False
    )
    severity = models.PositiveSmallIntegerField()  # 0 to 100
    spam_score = models.FloatField(null=True)  # 0 to 1
    spam_words = models.JSONField(
        default=list
    )  # pairs of a word and its weight, the heaviest first
    flag_weight = models.PositiveIntegerField(default=0)  # hundredths, see Flag.weight
    opened_at = models.DateTimeField(default=timezone.now)
    # Who is looking at it, and for how long nobody else should.
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    action = models.ForeignKey(ModerationAction, models.PROTECT, null=True, related_name="cases")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["-severity", "opened_at", "id"],
                condition=Q(decided_at__isnull=True),
                name="case_queue",
            ),
            models.Index(
                fields=["topic", "-severity", "opened_at", "id"],
                condition=Q(decided_at__isnull=True),
                name="case_queue_of_topic",
            ),
            models.Index(
                fields=["-decided_at"], condition=Q(decided_at__isnull=False), name="case_decided"
            ),
            models.Index(fields=["comment", "-id"], name="case_of_comment"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(decided_at__isnull=True),
                name="case_waits_once_per_comment",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}"

    def claimed_by_other_than(self, person: "User") -> str:
        """Return the name of another person who is looking at it now, or ""."""
        is_looking = self.claimed_until is not None and self.claimed_until > timezone.now()
        return (
            self.claimed_by.username
            if is_looking and self.claimed_by and self.claimed_by != person
            else ""
        )
