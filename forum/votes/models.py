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

NO_VOTE = 0  # takes a vote back
COUNTS = ("helpful", "unhelpful", "ranked_helpful", "ranked_unhelpful")


class NoSuchVote(Refusal):
    """The value is none of the votes that this site takes."""

    STATUS = HTTPStatus.UNPROCESSABLE_ENTITY
    MESSAGES: ClassVar[dict[Act, Any]] = {
        Act.VOTE: _("This vote is not possible. You can vote “Helpful”, or remove your vote.")
    }


class VoteManager(models.Manager["Vote"]):
    def cast(self, *, comment: Comment, by: "User", value: int | None) -> None:
        """Set the person's vote on the comment; NO_VOTE removes it. Raises a Refusal.

        The counts of `comment` are up to date afterwards.
        """
        if value is None or value not in _values_taken():
            raise NoSuchVote
        admit(comment=comment, by=by)
        # Checked before the lock, because everybody who votes on the comment waits for it.
        is_ring = self._is_fraud(by, comment.author_id)
        with transaction.atomic():
            _lock(comment)
            vote = self._vote(comment, by)
            if vote.value != value:
                vote.become(value, is_ring=is_ring, on=comment)
                _save_counts(comment)
                versions.mark_stale(comment.discussion.article_id)
        if value == Vote.Value.UNHELPFUL:
            heat_cases.after_vote(comment)

    def withdraw(self, person: "User", comments: Sequence[int]) -> None:
        """Delete somebody's votes on these comments. Needs a transaction."""
        locked = Comment.objects.select_for_update(no_key=True).filter(pk__in=comments)
        rows = {comment.pk: comment for comment in locked.order_by("pk")}
        self.filter(voter=person, comment__in=comments).delete()
        for comment in rows.values():
            for name in COUNTS:
                setattr(comment, name, 0)
        for vote in self.filter(comment__in=comments).order_by():
            vote._count(+1, rows[vote.comment_id])
        for comment in rows.values():
            comment.rank = rank(comment.ranked_helpful, comment.ranked_unhelpful)
        Comment.objects.bulk_update(rows.values(), [*COUNTS, "rank"])

    def _vote(self, comment: Comment, by: "User") -> "Vote":
        """Return the person's vote, or a new one without value. Needs the lock: they may press
        twice.
        """
        vote = Vote(comment=comment, voter=by, author_id=comment.author_id, value=NO_VOTE)
        if stored := VOTE.values(comment.pk, by.pk):
            vote.pk, vote.value, vote.excluded_because = stored[0]
        return vote

    def _is_fraud(self, voter: "User", author: int | None) -> bool:
        if author is None:
            return False
        latest = LATEST_VOTES.values(voter.pk)
        for_author = [voted_for == author for voted_for, _ in latest[: fraud.PUPPET_VOTES]]
        if fraud.is_puppet(votes=len(for_author), for_this_author=sum(for_author)):
            return True
        if sum(voted_for == author for voted_for, _ in latest) < fraud.RING_VOTES:
            return False
        # Few votes come this far, so the two queries for both directions are rare.
        given = self._recently_helpful(voter.pk, author)
        received = self._recently_helpful(author, voter.pk)
        return fraud.is_pair(given=given, received=received)

    def _recently_helpful(self, voter: int, author: int) -> int:
        latest = self.filter(voter=voter, author=author).order_by("-pk")[: fraud.LOOKED_AT]
        helpful = (vote for vote in latest if vote.value == Vote.Value.HELPFUL)
        return sum(is_within(fraud.RING_TIME, vote.created_at) for vote in helpful)


class Vote(models.Model):
    """The vote of one person on one comment."""

    class Value(models.IntegerChoices):
        HELPFUL = 1, _("Helpful")
        UNHELPFUL = -1, _("Not helpful")

    class Exclusion(models.TextChoices):
        """The reasons to leave a vote out of the ranking."""

        RING = "ring", _("Mostly for one author, or people who vote for each other")
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
    excluded_because = models.CharField(
        max_length=5, choices=Exclusion, blank=True, db_column="left_out"
    )
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

    def become(self, value: int, *, is_ring: bool, on: Comment) -> None:
        """Change the value, and the counts of the comment, whose row is locked."""
        self._count(-1, on)
        self.value = value
        if not value:
            execute(DELETE, self.pk)
            return
        if not self.pk:
            self.excluded_because = self.Exclusion.RING if is_ring else self._burst(on)
        self._write()
        self._count(+1, on)

    def _write(self) -> None:
        if self.pk:
            self.save(update_fields=["value"])
            return
        at = connection.ops.adapt_datetimefield_value(self.created_at)
        people = (self.voter_id, self.author_id)
        execute(INSERT, self.comment_id, *people, self.value, self.excluded_because, at)

    def _count(self, change: int, comment: Comment) -> None:
        if not self.value:
            return
        name = "helpful" if self.value == self.Value.HELPFUL else "unhelpful"
        for count in (name,) if self.excluded_because else (name, f"ranked_{name}"):
            setattr(comment, count, getattr(comment, count) + change)

    def _burst(self, comment: Comment) -> str:
        """Return BURST if this vote is one of a burst, and leave its earlier votes out, too."""
        if not fraud.is_young(self.created_at - self.voter.date_joined):
            return ""
        latest, at = VOTES_BEFORE.objects(comment.pk), self.created_at
        around = [vote for vote in latest if abs(at - vote.created_at) < fraud.BURST_TIME]
        young = [vote for vote in around if fraud.is_young(vote.created_at - vote.joined)]
        if not fraud.is_burst(votes=len(around) + 1, from_young_accounts=len(young) + 1):
            return ""
        for vote in young:
            vote._exclude(comment)
        return self.Exclusion.BURST

    def _exclude(self, comment: Comment) -> None:
        if self.excluded_because:
            return
        self._count(-1, comment)
        self.excluded_because = self.Exclusion.BURST
        self.save(update_fields=["excluded_because"])
        self._count(+1, comment)


def _values_taken() -> tuple[int, ...]:
    """Return the values that this site takes."""
    offered = Vote.Value if settings.DOWNVOTES else (Vote.Value.HELPFUL,)
    return (*offered, NO_VOTE)


def _lock(comment: Comment) -> None:
    """Lock the row of the comment and read its counts again."""
    for row in LOCKED.values(comment.pk):
        comment.status, *counts = row
        for name, count in zip(COUNTS, counts, strict=True):
            setattr(comment, name, count)
    if not comment.is_published:
        raise NotPublished


def _save_counts(comment: Comment) -> None:
    comment.rank = rank(comment.ranked_helpful, comment.ranked_unhelpful)
    execute(SAVE_COUNTS, *(getattr(comment, name) for name in COUNTS), comment.rank, comment.pk)


# There may be hundreds of votes a second, so their queries are compiled once.
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
        .values_list("pk", "value", "excluded_because")
    )
)
VOTES_BEFORE = PreparedQuery(
    lambda: (
        Vote.objects.filter(comment=param(1))
        .annotate(joined=F("voter__date_joined"))
        .order_by("-pk")[: fraud.BURST_VOTES - 1]
    )
)
# SQL names columns: `left_out` is the field `excluded_because`.
INSERT = (
    "INSERT INTO forum_vote (comment_id, voter_id, author_id, value, left_out, created_at) "
    "VALUES (%s, %s, %s, %s, %s, %s)"
)
DELETE = "DELETE FROM forum_vote WHERE id = %s"
SAVE_COUNTS = (
    "UPDATE forum_comment SET helpful = %s, unhelpful = %s, "
    "ranked_helpful = %s, ranked_unhelpful = %s, rank = %s WHERE id = %s"
)
