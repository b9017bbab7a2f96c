from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import connection, models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from database.prepared import execute
from forum.discussion.models.policy import Policy
from pagecache import versions

if TYPE_CHECKING:
    from forum.discussion.choices import Choices
    from forum.discussion.models.comment import Comment
    from forum.discussion.models.draft import Draft
    from forum.discussion.models.visit import Visit
    from forum.people.models.sanction import Sanction


LOOKED_AT = 50  # comments


def open_at(now: Any) -> Q:
    """Return the condition that a discussion is not closed: never, later than this time, or only
    until a time before it.
    """
    return Q(closed_at=None) | Q(closed_at__gt=now) | Q(closed_until__lte=now)


def open_now() -> Q:
    return open_at(timezone.now())


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    def of(self, article: Article) -> "Discussion":
        """Return the article's discussion, which is not saved before the first comment."""
        stored: Discussion | None = self.with_policy().filter(article=article).first()
        discussion = stored or self.unsaved(article)
        discussion.article = article
        return discussion

    def unsaved(self, article: Article) -> "Discussion":
        """Return the discussion of an article on which nobody has commented."""
        discussion = Discussion(article=article)
        discussion.policy = Policy.objects.of(article)
        return discussion

    def with_policy(self) -> Self:
        """Annotate the policy, which a page needs."""
        policy: Any = policy_of(OuterRef("article"), OuterRef("article__topic"))
        return self.annotate(policy=policy)


class Discussion(models.Model):
    """The discussion of one article. The first comment makes its row, or closing it."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="discussion")
    # In the future: it closes by itself then.
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # Days after the publication of the article, as an editor set it.
    closes_after = models.PositiveSmallIntegerField(
        _("closes after so many days"), null=True, blank=True, editable=False
    )
    closed_until = models.DateTimeField(_("closed until"), null=True, blank=True)
    slow_minutes = models.PositiveSmallIntegerField(
        _("slow mode: minutes between comments"), default=0
    )
    # Shown above all others, in every order.
    pinned = models.ForeignKey(
        "forum.Comment", models.SET_NULL, null=True, related_name="+", editable=False
    )
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    # Grows with every change that readers see.
    version = models.PositiveBigIntegerField(default=0, editable=False)
    last_comment_at = models.DateTimeField(_("last comment"), default=timezone.now, editable=False)
    # The number of published comments about each passage, by its anchor. Needs the lock to change.
    passage_counts = models.JSONField(default=dict, editable=False)

    objects = DiscussionQuerySet.as_manager()

    # Set by forum.discussion.for_reader.discussion_of(): the key of the newest comment, and
    # what belongs to the reader.
    newest: int | None = None
    visit: "Visit | None" = None
    draft: "Draft | None" = None
    reader_moderates: bool = False  # by a row of Moderator; administrators need none
    waiting: int | None = None  # the key of their newest held comment here
    sanction: "Sanction | None" = None  # which keeps them from writing
    # What the reader follows here: the tag `comments` sets it.
    choices: "Choices | None" = None
    # Set by with_policy().
    policy: str = Policy.Mode.AFTER

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        ordering = ["-last_comment_at", "-pk"]
        indexes = [models.Index(fields=["-last_comment_at", "-id"], name="discussion_latest")]

    def __str__(self) -> str:
        return str(self.article)

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}#discussion"

    @property
    def is_open(self) -> bool:
        return self.policy != Policy.Mode.CLOSED and self.is_unlocked

    @property
    def is_unlocked(self) -> bool:
        """Return whether the discussion itself is open, whatever the policy of its site says."""
        now = timezone.now()
        is_paused = self.closed_until is None or self.closed_until > now
        return self.closed_at is None or self.closed_at > now or not is_paused

    @property
    def closes_at(self) -> datetime | None:
        """Return the time at which an open discussion closes by itself."""
        return self.closed_at if self.is_open and self.closes_after else None

    @property
    def shown_pin(self) -> bool:
        """True if discussion_of() found a pinned comment that is published."""
        return getattr(self, "pinned_status", "") == "published"

    def lock(self) -> None:
        """Lock the row. Everybody locks it before the rows of comments, because locks taken in
        different orders end in a deadlock.
        """
        list(Discussion.objects.select_for_update(no_key=True).filter(pk=self.pk).values_list("pk"))

    def count_comment(self, written_at: datetime) -> None:
        """Count a comment that appeared. The first one sets last_comment_at, even to before the row
        was made.
        """
        at = connection.ops.adapt_datetimefield_value(written_at)
        execute(COUNT_COMMENT, at, at, self.pk)

    def discount_comment(self) -> None:
        row = Discussion.objects.filter(pk=self.pk)
        row.update(comment_count=F("comment_count") - 1, version=F("version") + 1)

    def count_about(self, comment: "Comment", by: int) -> None:
        """Count a comment about a passage. Needs the lock of this row, because it reads before it
        writes.
        """
        if not comment.passage or not by:
            return
        anchor, row = comment.passage.anchor, Discussion.objects.filter(pk=self.pk)
        counts: dict[str, int] = row.values_list("passage_counts", flat=True).get()
        counts[anchor] = counts.get(anchor, 0) + by
        if counts[anchor] == 0:
            del counts[anchor]
        row.update(passage_counts=counts)

    def touch(self) -> None:
        """Grow the version and purge the cached pages after a change that readers see."""
        Discussion.objects.filter(pk=self.pk).update(version=F("version") + 1)
        versions.purge(self.article_id)

    def ensure_row(self) -> None:
        """Make the row if there is none yet."""
        if self.pk is None:
            self.pk = Discussion.objects.get_or_create(article=self.article)[0].pk


COUNT_COMMENT = (
    "UPDATE forum_discussion SET comment_count = comment_count + 1, version = version + 1, "
    "last_comment_at = CASE WHEN version > 0 AND last_comment_at > %s THEN last_comment_at "
    "ELSE %s END WHERE id = %s"
)


def policy_of(article: Any, topic: Any) -> Coalesce:
    """Return the mode of the nearest policy of an article: its own, its topic's, the site's."""
    policies = Policy.objects.values("mode")
    nearest_first = (
        policies.filter(article=article),
        policies.filter(topic=topic),
        policies.filter(article=None, topic=None),
    )
    modes = (Subquery(policy[:1]) for policy in nearest_first)
    return Coalesce(*modes, Value(Policy.Mode.AFTER.value))
