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
    from forum.discussion.models.comment import Comment
    from forum.discussion.models.draft import Draft
    from forum.discussion.models.visit import Visit


LOOKED_AT = 50  # comments


def open_at(now: Any) -> Q:
    """Return the condition that a discussion was not closed, or only until now."""
    return Q(closed_at=None) | Q(closed_until__lte=now)


def open_now() -> Q:
    return open_at(timezone.now())


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    def of(self, article: Article) -> "Discussion":
        """The article's discussion; not saved while nobody has written in it."""
        found: Discussion | None = self.with_policy().filter(article=article).first()
        discussion = found or Discussion()
        if found is None:
            discussion.policy = Policy.objects.of(article)
        discussion.article = article
        return discussion

    def with_policy(self) -> Self:
        """Knowing when comments show there; for a page."""
        policy: dict[str, Any] = {
            "policy": policy_of(OuterRef("article"), OuterRef("article__topic"))
        }
        return self.annotate(**policy)


class Discussion(models.Model):
    """The discussion of one article. Its row is made by its first comment or by closing it."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="discussion")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_until = models.DateTimeField(_("closed until"), null=True, blank=True)
    slow_minutes = models.PositiveSmallIntegerField(
        _("slow mode: minutes between comments"), default=0
    )
    # Shown before all others, in every order.
    pinned = models.ForeignKey(
        "forum.Comment", models.SET_NULL, null=True, related_name="+", editable=False
    )
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    # Grows with whatever changes what readers see.
    version = models.PositiveBigIntegerField(default=0, editable=False)
    last_comment_at = models.DateTimeField(_("last comment"), default=timezone.now, editable=False)
    # Published comments about each passage, by its anchor: read with
    # the page, changed under the lock of this row.
    passage_counts = models.JSONField(default=dict, editable=False)

    objects = DiscussionQuerySet.as_manager()

    # What a reading adds (forum.discussion.for_reader.discussion_of): the key of its
    # newest comment, and what its reader left there.
    newest: int | None = None
    visit: "Visit | None" = None
    draft: "Draft | None" = None
    reader_moderates: bool = False  # as a row of Moderator says; administrators need none
    waiting: int | None = None  # the key of their newest comment here that waits for a moderator
    # What a reading for a page adds: when comments show here.
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
        rests = self.closed_at is not None and (
            self.closed_until is None or self.closed_until > timezone.now()
        )
        return not rests and self.policy != Policy.Mode.CLOSED

    @property
    def shown_pin(self) -> bool:
        """Whether a reading found a pinned comment that is still to be seen."""
        return getattr(self, "pinned_status", "") == "published"

    def lock(self) -> None:
        """Taken before a comment is changed: two who take the rows
        in different orders would wait for each other.
        """
        list(Discussion.objects.select_for_update(no_key=True).filter(pk=self.pk).values_list("pk"))

    def count_comment(self, written_at: datetime) -> None:
        """Count a comment that appeared. The row may be newer than the first one in it."""
        at = connection.ops.adapt_datetimefield_value(written_at)
        execute(COUNT_COMMENT, at, at, self.pk)

    def discount_comment(self) -> None:
        row = Discussion.objects.filter(pk=self.pk)
        row.update(comment_count=F("comment_count") - 1, version=F("version") + 1)

    def count_about(self, comment: "Comment", by: int) -> None:
        """Under the lock of this row: what is read here is what is changed."""
        if not comment.passage or not by:
            return
        anchor, row = comment.passage.anchor, Discussion.objects.filter(pk=self.pk)
        counts: dict[str, int] = row.values_list("passage_counts", flat=True).get()
        counts[anchor] = counts.get(anchor, 0) + by
        row.update(passage_counts={passage: count for passage, count in counts.items() if count})

    def touch(self) -> None:
        """Something readers see has changed, though no count did."""
        Discussion.objects.filter(pk=self.pk).update(version=F("version") + 1)
        versions.purge(self.article_id)

    def ensure_row(self) -> None:
        """A discussion that nobody has written in has none yet."""
        if self.pk is None:
            self.pk = Discussion.objects.get_or_create(article=self.article)[0].pk


COUNT_COMMENT = (
    "UPDATE forum_discussion SET comment_count = comment_count + 1, version = version + 1, "
    "last_comment_at = CASE WHEN version > 0 AND last_comment_at > %s THEN last_comment_at "
    "ELSE %s END WHERE id = %s"
)


def policy_of(article: Any, topic: Any) -> Coalesce:
    """The mode of the policy nearest to an article: its own, its topic's, the site's."""
    modes = [
        Policy.objects.filter(**of).values("mode")
        for of in ({"article": article}, {"topic": topic})
    ]
    site = Policy.objects.filter(article=None, topic=None).values("mode")
    return Coalesce(
        *(Subquery(mode[:1]) for mode in (*modes, site)), Value(Policy.Mode.AFTER.value)
    )
