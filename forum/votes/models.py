from collections.abc import Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from database.prepared import PreparedQuery, execute, param
from forum.cases import heat_cases
from forum.discussion.clock import is_within
from forum.discussion.models.comment import Comment
from forum.posting.refusals import Act, Refusal
from forum.votes import fraud
from forum.votes.admission import NotPublished, admit
from forum.votes.ranking import rank
from pagecache import versions

if TYPE_CHECKING:
    from accounts.models import User

COUNTS = ("helpful", "unhelpful", "ranked_helpful", "ranked_unhelpful")


class NoSuchVote(Refusal):
    """The value is none of the votes that this site takes."""

    STATUS = HTTPStatus.UNPROCESSABLE_ENTITY
    WORDS: ClassVar[dict[Act, Any]] = {
        Act.VOTE: _("This vote is not possible. You can vote “Helpful”, or remove your vote.")
    }


class VoteManager(models.Manager["Vote"]):
    def cast(self, *, comment: Comment, by: "User", value: int | None) -> None:
        """Makes this what the person thinks of the comment; 0 takes a vote back. Raises a Refusal.

        The comment has its counts as they are afterwards.
        """
        if value is None or value not in ((1, 0, -1) if settings.DOWNVOTES else (1, 0)):
            raise NoSuchVote
        admit(comment=comment, by=by)
        # Looked into before the lock: the row of a popular comment is held as shortly as can be.
        left_out = Vote.LeftOut.RING if self._is_ring(by, comment.author_id) else ""
        with transaction.atomic():
            _lock(comment)
            vote = self._vote(comment, by)
            if vote.value != value:
                vote.become(value, left_out=left_out, on=comment)
                _save_counts(comment)
                versions.mark_stale(comment.discussion.article_id)
        if value < 0:
            heat_cases.after_vote(comment)

    def withdraw(self, person: "User", comments: Sequence[int]) -> None:
        """Delete somebody's votes for these comments. To be called in a transaction."""
        rows = list(
            Comment.objects.select_for_update(no_key=True).filter(pk__in=comments).order_by("pk")
        )
        self.filter(voter=person, comment__in=comments).delete()
        left = (
            self.filter(comment__in=comments).order_by().values_list("comment", "value", "left_out")
        )
        for comment in rows:
            for name in COUNTS:
                setattr(comment, name, 0)
        known = {comment.pk: comment for comment in rows}
        for pk, value, left_out in left:
            Vote(value=value, left_out=left_out)._count(+1, known[pk])
        for comment in rows:
            comment.rank = rank(comment.ranked_helpful, comment.ranked_unhelpful)
        Comment.objects.bulk_update(rows, [*COUNTS, "rank"])

    def _vote(self, comment: Comment, by: "User") -> "Vote":
        """The person's vote, or one of no value yet. Read
        under the lock: they may have pressed twice.
        """
        vote = Vote(comment=comment, voter=by, author_id=comment.author_id, value=0)
        for vote.pk, vote.value, vote.left_out in VOTE.values(comment.pk, by.pk):
            pass
        return vote

    def _is_ring(self, voter: "User", author: int | None) -> bool:
        if author is None:
            return False
        latest = LATEST_VOTES.values(voter.pk)
        for_author = [voted_for == author for voted_for, _ in latest[: fraud.PUPPET_VOTES]]
        if fraud.is_puppet(votes=len(for_author), for_this_author=sum(for_author)):
            return True
        if sum(voted_for == author for voted_for, _ in latest) < fraud.RING_VOTES:
            return False
        # Few come so far: only of two who might be a ring both are looked at.
        given, received = (
            self._recently_helpful(voter.pk, author),
            self._recently_helpful(author, voter.pk),
        )
        return fraud.is_pair(given=given, received=received)

    def _recently_helpful(self, voter: int, author: int) -> int:
        latest = self.filter(voter=voter, author=author).order_by("-pk")[: fraud.LOOKED_AT]
        return sum(
            vote.value > 0 and is_within(fraud.RING_TIME, vote.created_at) for vote in latest
        )


class Vote(models.Model):
    """What one person thinks of one comment."""

    class Value(models.IntegerChoices):
        HELPFUL = 1, _("Helpful")
        UNHELPFUL = -1, _("Not helpful")

    class LeftOut(models.TextChoices):
        """Why a vote is counted, and left out of the ranking."""

        RING = "ring", _("People who vote for each other")
        BURST = "burst", _("Many new accounts at once")

    comment = models.ForeignKey(
        "forum.Comment", models.CASCADE, related_name="votes", db_index=False
    )
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes", db_index=False
    )
    # The comment's author, so that people who vote for each other are found without a join.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    value = models.SmallIntegerField(choices=Value)
    left_out = models.CharField(max_length=5, choices=LeftOut, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = VoteManager()

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
            models.CheckConstraint(
                condition=models.Q(value__in=[1, -1]), name="vote_is_for_or_against"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter} {self.get_value_display()} #{self.comment_id}"

    def become(self, value: int, *, left_out: str, on: Comment) -> None:
        """Takes another value, and its place in the counts of the comment, whose row is locked."""
        self._count(-1, on)
        self.value = value
        if not value:
            execute(DELETE, self.pk)
            return
        if not self.pk:
            self.left_out = left_out or self._burst(on)
        self._write()
        self._count(+1, on)

    def _write(self) -> None:
        if self.pk:
            self.save(update_fields=["value"])
            return
        at = connection.ops.adapt_datetimefield_value(self.created_at)
        execute(
            INSERT, self.comment_id, self.voter_id, self.author_id, self.value, self.left_out, at
        )

    def _count(self, change: int, comment: Comment) -> None:
        if not self.value:
            return
        name = "helpful" if self.value > 0 else "unhelpful"
        for count in (name,) if self.left_out else (name, f"ranked_{name}"):
            setattr(comment, count, getattr(comment, count) + change)

    def _burst(self, comment: Comment) -> str:
        """Whether this vote is one of a burst; those of it that were
        counted are left out with it.
        """
        if not fraud.is_young(self.created_at - self.voter.date_joined):
            return ""
        latest = VOTES_BEFORE.objects(comment.pk)
        around = [
            vote for vote in latest if abs(self.created_at - vote.created_at) < fraud.BURST_TIME
        ]
        young = [vote for vote in around if fraud.is_young(vote.created_at - vote.joined)]
        if not fraud.is_burst(votes=len(around) + 1, from_young_accounts=len(young) + 1):
            return ""
        for vote in young:
            vote._leave_out(comment)
        return self.LeftOut.BURST

    def _leave_out(self, comment: Comment) -> None:
        if self.left_out:
            return
        self._count(-1, comment)
        self.left_out = self.LeftOut.BURST
        self.save(update_fields=["left_out"])
        self._count(+1, comment)


def _lock(comment: Comment) -> None:
    """Holds the comment's row, and has its counts as they are now."""
    for row in LOCKED.values(comment.pk):
        comment.status, *counts = row
        for name, count in zip(COUNTS, counts, strict=True):
            setattr(comment, name, count)
    if not comment.is_published:
        raise NotPublished


def _save_counts(comment: Comment) -> None:
    comment.rank = rank(comment.ranked_helpful, comment.ranked_unhelpful)
    execute(SAVE_COUNTS, *(getattr(comment, name) for name in COUNTS), comment.rank, comment.pk)


# A vote is a press on a button, and there may be hundreds a
# second: what each of them asks is written once.
LATEST_VOTES = PreparedQuery(
    lambda: (
        Vote.objects.filter(voter=param(1))
        .order_by("-pk")
        .values_list("author", "value")[: fraud.LOOKED_AT]
    )
)
LOCKED = PreparedQuery(
    lambda: (
        Comment.objects.order_by()
        .select_for_update(no_key=True)
        .filter(pk=param(1))
        .values_list("status", *COUNTS)
    )
)
VOTE = PreparedQuery(
    lambda: (
        Vote.objects.order_by()
        .filter(comment=param(1), voter=param(2))
        .values_list("pk", "value", "left_out")
    )
)
VOTES_BEFORE = PreparedQuery(
    lambda: (
        Vote.objects.filter(comment=param(1))
        .annotate(joined=F("voter__date_joined"))
        .order_by("-pk")[: fraud.BURST_VOTES - 1]
    )
)
INSERT = (
    "INSERT INTO forum_vote (comment_id, voter_id, author_id, value, left_out, created_at) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)
DELETE = "DELETE FROM forum_vote WHERE id = %s"
SAVE_COUNTS = (
    "UPDATE forum_comment SET helpful = %s, unhelpful = %s, ranked_helpful = %s, "
    "ranked_unhelpful = %s, rank = %s "
    "WHERE id = %s"
)
