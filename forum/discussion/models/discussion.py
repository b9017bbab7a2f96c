from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Self, Unpack
from uuid import NAMESPACE_OID, uuid5

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from database.prepared import FIRST, SECOND, THIRD, Statement, change
from forum.discussion.models import thread
from forum.discussion.models.about import Tie
from forum.people.models.sanction import Sanction
from forum.screening.models.link import Link
from forum.screening.models.rule import Policy, Rule
from pagecache import versions

if TYPE_CHECKING:
    from accounts.models import User
    from forum.discussion.models.comment import Comment
    from forum.discussion.models.draft import Draft
    from forum.discussion.models.visit import Visit
    from forum.posting.intake import Wait


LOOKED_AT = 50  # comments


def open_now() -> Q:
    """Never closed, or closed until a time that has come."""
    return Q(closed_at=None) | Q(closed_until__lte=timezone.now())


class Refusal(Exception):
    """The discussion does not take this comment now."""


class DiscussionClosed(Refusal):
    pass


class Suspended(Refusal):
    def __init__(self, until: datetime | None) -> None:
        self.until = until  # None: for good


class AgainstARule(Refusal):
    """Refused by a rule of the site; other words may be taken."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule


class TooFast(Refusal):
    def __init__(self, until: datetime) -> None:
        self.until = until


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
        policy: dict[str, Any] = {"policy": policy_of(OuterRef("article"), OuterRef("article__topic"))}
        return self.annotate(**policy)


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

    # What a reading adds (forum.discussion.for_reader.discussion_of): the key of its newest comment, and what its reader left there.
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
        rests = self.closed_at is not None and (self.closed_until is None or self.closed_until > timezone.now())
        return not rests and self.policy != Policy.Mode.CLOSED

    @property
    def shown_pin(self) -> bool:
        """Whether a reading found a pinned comment that is still to be seen."""
        return getattr(self, "pinned_status", "") == "published"

    def post(
        self,
        *,
        by: "User | None",
        body: str,
        parent: "Comment | None" = None,
        key: str,
        at: datetime | None = None,
        imported_at: datetime | None = None,
        network: str = "",
        **tie: Unpack[Tie],
    ) -> "Comment":
        """Publishes a comment, or holds it where a rule or the policy of the place asks for a look.

        The same key with the same words is the same comment, however often it is sent.

        `at` is the time of a comment that was written before: it is not held to the limits of this site. Without it the
        comment is written now, and never before the newest of the discussion, whatever the clock says.
        `imported_at` marks a comment from elsewhere: it is nobody's news.
        `network` is where it comes from (forum.people.network).
        Raises a Refusal.
        """
        earlier = self._posted(by, key)
        if earlier and (at or earlier.says(body)):
            return earlier
        if earlier:
            # A form that came back by the browser's own button: other words, or words that were taken back.
            other = str(uuid5(NAMESPACE_OID, f"{key} {earlier.pk} {body}"))
            return self.post(by=by, body=body, parent=parent, key=other, network=network, **tie)
        words: dict[str, Any] = {"author": by, "body": body, "parent": parent, "key": key, **tie}
        try:
            return self._write(words, at=at, imported_at=imported_at, network=network)
        except (IntegrityError, TooFast):
            if earlier := self._posted(by, key):  # the same form, sent twice at once
                return earlier
            raise

    def _write(
        self, words: dict[str, Any], *, at: datetime | None, imported_at: datetime | None, network: str
    ) -> "Comment":
        from forum.discussion.models.comment import Comment
        from forum.posting.intake import receive

        writer: User | None = None if at else words["author"]
        if writer:
            self._admit(writer)
        comment = Comment.compose(discussion=self, at=at or timezone.now(), **words)
        comment.imported_at = imported_at
        waits = receive(comment, by=writer, network=network) if writer else None
        self._take(comment, waits, paced=writer)
        return comment

    def _posted(self, by: "User | None", key: str) -> "Comment | None":
        if by is None or self.pk is None:
            return self.comments.filter(author=by, key=key).first() if self.pk else None
        return next(iter(POSTED.instances(self.pk, by.pk, key)), None)

    @transaction.atomic
    def _take(self, comment: "Comment", waits: "Wait | None", *, paced: "User | None") -> None:
        """The count comes first: its row is the lock under which places are given.

        Before it, the writer's own row: of many comments sent at once, each is counted when the next one asks.
        """
        from forum.cases import heat_cases
        from forum.discussion.models.citation import Citation

        if paced:
            HELD_PERSON.rows(paced.pk)
            self._admit_pace(paced)
        self.ensure_row()
        comment.discussion = self
        if waits:
            self._make_room_for_one_that_waits(comment)
        else:
            self._count(comment, is_new=paced is not None)
        thread.take_place(comment)
        comment.save(force_insert=True)
        Citation.objects.record(comment, comment.cites)
        Link.objects.record(comment)
        if waits:
            waits.begin(comment)
            return
        self.count_about(comment, +1)
        thread.answer(comment)
        heat_cases.after_reply(comment)
        versions.grow(self.article_id)

    def _count(self, comment: "Comment", *, is_new: bool) -> None:
        at, now = map(connection.ops.adapt_datetimefield_value, (comment.created_at, timezone.now()))
        counted = change(COUNT_COMMENT, at, at, self.pk, now, at)
        if not counted:
            raise DiscussionClosed
        if is_new and not counted[0][0]:  # the clock was set back
            comment.created_at = Discussion.objects.values_list("last_comment_at", flat=True).get(pk=self.pk)

    def _make_room_for_one_that_waits(self, comment: "Comment") -> None:
        """Nothing that readers see changes: it is counted, and given a place to be seen in, when it is published."""
        self.lock()
        latest = Discussion.objects.filter(open_now(), pk=self.pk).values_list("last_comment_at", flat=True).first()
        if latest is None:
            raise DiscussionClosed
        comment.created_at = max(comment.created_at, latest)
        comment.status, comment.status_at, comment.has_place = comment.Status.HELD, comment.created_at, False

    def _admit(self, person: "User") -> None:
        sanction = Sanction.objects.of(person)
        if sanction:
            raise Suspended(sanction.until)
        self._admit_pace(person)

    def _admit_pace(self, person: "User") -> None:
        """Asked before anything is rendered, and again while the writer's row is held."""
        self._admit_slowly(person)
        allowed, seconds = settings.COMMENT_RATE
        for (earlier,) in _comment_before(allowed).instances(person.pk, timezone.now()):
            free_at = earlier + timedelta(seconds=seconds)
            if free_at > timezone.now() and not person.is_staff:
                raise TooFast(free_at)

    def _admit_slowly(self, person: "User") -> None:
        """One comment every so many minutes, looked for among the person's latest wherever they wrote."""
        if not self.slow_minutes or person.is_staff:
            return
        latest = [at for where, at in LATEST_OF_PERSON.instances(person.pk, timezone.now()) if where == self.pk]
        free_at = latest[0] + timedelta(minutes=self.slow_minutes) if latest else timezone.now()
        if free_at > timezone.now():
            raise TooFast(free_at)

    def lock(self) -> None:
        """Taken before a comment is changed: two who take the rows in different orders would wait for each other."""
        list(Discussion.objects.select_for_update(no_key=True).filter(pk=self.pk).values_list("pk"))

    def recount(self, by: int, *, appeared: datetime | None = None) -> None:
        """A comment appeared (+1) or went (-1)."""
        changes: dict[str, Any] = {"comment_count": F("comment_count") + by, "version": F("version") + 1}
        if appeared:
            changes["last_comment_at"] = Greatest(F("last_comment_at"), appeared)
        Discussion.objects.filter(pk=self.pk).update(**changes)
        versions.purge(self.article_id)

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


def policy_of(article: Any, topic: Any) -> Coalesce:
    """The mode of the policy nearest to an article: its own, its topic's, the site's."""
    modes = [Policy.objects.filter(**of).values("mode") for of in ({"article": article}, {"topic": topic})]
    site = Policy.objects.filter(article=None, topic=None).values("mode")
    return Coalesce(*(Subquery(mode[:1]) for mode in (*modes, site)), Value(Policy.Mode.AFTER.value))


def _comments() -> Any:
    return apps.get_model("forum", "Comment").objects.order_by("-pk")


def _comments_until_now() -> Any:
    """Somebody's, the newest first; those that a clock dated ahead keep nobody waiting."""
    comments = apps.get_model("forum", "Comment").objects.filter(author=FIRST, created_at__lte=Value(SECOND))
    return comments.newest()


COUNT_COMMENT = (
    "UPDATE forum_discussion SET comment_count = comment_count + 1, version = version + 1, last_comment_at = "
    "CASE WHEN version > 0 AND last_comment_at > %s THEN last_comment_at ELSE %s END "
    "WHERE id = %s AND (closed_at IS NULL OR closed_until <= %s) RETURNING last_comment_at = %s"
)
POSTED = Statement(lambda: _comments().filter(discussion=FIRST, author=SECOND, key=str(THIRD)))


HELD_PERSON = Statement(
    lambda: get_user_model().objects.select_for_update(no_key=True).order_by().filter(pk=FIRST).values_list("pk")
)
# Of a person: enough to find the latest one in a discussion, whatever else they wrote.
LATEST_OF_PERSON = Statement(lambda: _comments_until_now().values_list("discussion", "created_at")[:LOOKED_AT])


@cache
def _comment_before(number: int) -> Statement:
    """When somebody's comment was written that so many (this one counted) have followed."""
    return Statement(lambda: _comments_until_now().values_list("created_at")[number - 1 : number])
