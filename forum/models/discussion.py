from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Unpack
from uuid import NAMESPACE_OID, uuid5

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import stamps
from articles.models import Article
from articles.statements import FIRST, SECOND, THIRD, Statement
from forum.models import thread
from forum.models.link import Link
from forum.models.moderation import ModerationAction
from forum.models.sanction import Sanction
from forum.models.tie import Tie

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models.comment import Comment
    from forum.models.draft import Draft
    from forum.models.visit import Visit


class Refusal(Exception):
    """The discussion does not take this comment now."""


class DiscussionClosed(Refusal):
    pass


class Suspended(Refusal):
    def __init__(self, until: datetime | None) -> None:
        self.until = until  # None: for good


class TooFast(Refusal):
    def __init__(self, until: datetime) -> None:
        self.until = until


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    def of(self, article: Article) -> "Discussion":
        """The article's discussion; not saved while nobody has written in it."""
        discussion = self.filter(article=article).first() or Discussion()
        discussion.article = article
        return discussion


class Discussion(models.Model):
    """The discussion of one article. Its row is made by its first comment or by closing it."""

    article = models.OneToOneField(Article, models.CASCADE, related_name="discussion")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_until = models.DateTimeField(_("closed until"), null=True, blank=True)
    slow_minutes = models.PositiveSmallIntegerField(_("minutes between two comments of a person"), default=0)
    # Shown before all others, in every order.
    pinned = models.ForeignKey("forum.Comment", models.SET_NULL, null=True, related_name="+", editable=False)
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    # Grows with whatever changes what readers see.
    version = models.PositiveBigIntegerField(default=0, editable=False)
    last_comment_at = models.DateTimeField(_("last comment"), default=timezone.now, editable=False)
    # Published comments about each passage, by its anchor: read with the page, changed under the lock of this row.
    passage_counts = models.JSONField(default=dict, editable=False)

    objects = DiscussionQuerySet.as_manager()

    # What a reading adds (forum.reader.discussion_of): the key of its newest comment, and what its reader left there.
    newest: int | None = None
    visit: "Visit | None" = None
    draft: "Draft | None" = None

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
        return self.closed_at is None

    def post(
        self,
        *,
        by: "User | None",
        body: str,
        parent: "Comment | None" = None,
        key: str,
        at: datetime | None = None,
        **tie: Unpack[Tie],
    ) -> "Comment":
        """Publishes a comment; the same key with the same words is the same comment, however often it is sent.

        `at` is the time of a comment written elsewhere and imported: it is not held to the limits of this site.
        Raises a Refusal.
        """
        from forum.models.comment import Comment

        earlier = self._posted(by, key)
        if earlier and (at or earlier.says(body)):
            return earlier
        if earlier:
            # A form that came back by the browser's own button: other words, or words that were taken back.
            other = str(uuid5(NAMESPACE_OID, f"{key} {earlier.pk} {body}"))
            return self.post(by=by, body=body, parent=parent, key=other, **tie)
        if by and not at:
            self._admit(by)
        comment = Comment.compose(
            discussion=self, author=by, body=body, parent=parent, key=key, at=at or timezone.now(), **tie
        )
        try:
            self._take(comment)
        except IntegrityError:
            return Comment.objects.get(discussion=self, author=by, key=key)
        return comment

    def _posted(self, by: "User | None", key: str) -> "Comment | None":
        if by is None or self.pk is None:
            return self.comments.filter(author=by, key=key).first() if self.pk else None
        return next(iter(POSTED.instances(self.pk, by.pk, key)), None)

    @transaction.atomic
    def _take(self, comment: "Comment") -> None:
        """The count comes first: its row is the lock under which places are given."""
        from forum.models.citation import Citation

        self._ensure_row()
        comment.discussion = self
        if comment.cites:
            Citation.objects.hold(comment)
        if not self._count(+1, closed_at=None, last_comment_at=comment.created_at):
            raise DiscussionClosed
        thread.take_place(comment)
        comment.save(force_insert=True)
        self.count_about(comment, +1)
        thread.answer(comment)
        Citation.objects.record(comment, comment.cites)
        Link.objects.record(comment)
        stamps.grow(self.article_id)

    def _admit(self, person: "User") -> None:
        sanction = Sanction.objects.of(person)
        if sanction:
            raise Suspended(sanction.until)
        allowed, seconds = settings.COMMENT_RATE
        for (earlier,) in _comment_before(allowed).instances(person.pk):
            free_at = earlier + timedelta(seconds=seconds)
            if free_at > timezone.now() and not person.is_staff:
                raise TooFast(free_at)

    def lock(self, *others: int) -> None:
        """Taken before a comment is changed: two who take the rows in different orders would wait for each other.

        The others are discussions whose comments cite this one's, or are cited there.
        """
        rows = Discussion.objects.select_for_update(no_key=True).filter(pk__in={self.pk, *others})
        list(rows.order_by("pk").values_list("pk"))

    def recount(self, change: int) -> None:
        """A comment appeared (+1) or went (-1)."""
        self._count(change)
        stamps.purge(self.article_id)

    def count_about(self, comment: "Comment", change: int) -> None:
        """Under the lock of this row: what is read here is what is changed."""
        if not comment.passage or not change:
            return
        anchor, row = comment.passage.anchor, Discussion.objects.filter(pk=self.pk)
        counts: dict[str, int] = row.values_list("passage_counts", flat=True).get()
        counts[anchor] = counts.get(anchor, 0) + change
        row.update(passage_counts={passage: count for passage, count in counts.items() if count})

    def touch(self) -> None:
        """Something readers see has changed, though no count did."""
        Discussion.objects.filter(pk=self.pk).update(version=F("version") + 1)
        stamps.purge(self.article_id)

    @transaction.atomic
    def close(self, *, by: "User", reason: str = "", note: str = "") -> ModerationAction | None:
        self._ensure_row()
        now = timezone.now()
        if not Discussion.objects.filter(pk=self.pk, closed_at=None).update(closed_at=now, version=F("version") + 1):
            return None
        self.closed_at = now
        stamps.purge(self.article_id)
        return ModerationAction.record(ModerationAction.Kind.CLOSE, by=by, discussion=self, reason=reason, note=note)

    @transaction.atomic
    def reopen(self, *, by: "User", note: str = "") -> ModerationAction | None:
        closed = Discussion.objects.filter(pk=self.pk, closed_at__isnull=False)
        if not closed.update(closed_at=None, version=F("version") + 1):
            return None
        self.closed_at = None
        stamps.purge(self.article_id)
        return ModerationAction.record(ModerationAction.Kind.REOPEN, by=by, discussion=self, note=note)

    def decisions(self) -> list[tuple[str, Any]]:
        return [("close", _("Close"))] if self.is_open else [("reopen", _("Open again"))]

    def decide(self, decision: str, *, by: "User", reason: str, note: str = "") -> ModerationAction | None:
        if decision == "close":
            return self.close(by=by, reason=reason, note=note)
        return self.reopen(by=by, note=note)

    def _ensure_row(self) -> None:
        if self.pk is None:
            self.pk = Discussion.objects.get_or_create(article=self.article)[0].pk

    def _count(self, change: int, *, last_comment_at: datetime | None = None, **condition: object) -> bool:
        changes: dict[str, object] = {"comment_count": F("comment_count") + change, "version": F("version") + 1}
        if last_comment_at:
            changes["last_comment_at"] = last_comment_at
        return bool(Discussion.objects.filter(pk=self.pk, **condition).update(**changes))


def _comments() -> Any:
    return apps.get_model("forum", "Comment").objects.order_by("-pk")


POSTED = Statement(lambda: _comments().filter(discussion=FIRST, author=SECOND, key=str(THIRD)))


@cache
def _comment_before(number: int) -> Statement:
    """When somebody's comment was written that so many (this one counted) have followed."""
    return Statement(lambda: _comments().filter(author=FIRST).values_list("created_at")[number - 1 : number])
