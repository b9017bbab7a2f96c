from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models.base import ModelState
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights import demand_account
from articles.models import Passage
from database.search import SearchWordsField
from forum.discussion.clock import is_within
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.indexes import CONSTRAINTS, INDEXES
from forum.discussion.models.querysets import CommentQuerySet
from forum.discussion.rendering.excerpts import EXCERPT_LENGTH
from forum.discussion.rendering.references import References
from forum.people.models.moderator import Moderator
from forum.people.models.sanction import Sanction
from forum.people.reasons import Reason
from text.visible import clip, visible_text, with_addresses

if TYPE_CHECKING:
    from accounts.models import User

COMMENT_MAX_LENGTH = 5000
# Long enough to correct mistakes, too short to rewrite what others have replied to.
EDIT_WINDOW = timedelta(minutes=30)
# An edit this soon after posting, before the first reply, is not marked.
SILENT_EDIT_WINDOW = timedelta(minutes=2)
# The ancestors that are stored with a comment; a page shows no more of them.
NEAREST_ANCESTORS = 8


class Comment(models.Model):
    class Status(models.TextChoices):
        PUBLISHED = "published", _("Published")
        HELD = "held", _("Waiting for a moderator")
        DELETED = "deleted", _("Deleted by the author")
        REMOVED = "removed", _("Removed by a moderator")
        ERASED = "erased", _("Deleted by a moderator")

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        CORRECTION = "correction", _("Correction")

    # A removal is shown with its reason. Other placeholders are shown only above replies.
    SHOWN = (Status.PUBLISHED, Status.REMOVED)

    # Each foreign key below is the first column of some index, so none needs an index of its own.
    discussion = models.ForeignKey(
        Discussion, models.CASCADE, related_name="comments", db_index=False
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("author"),
        db_index=False,
    )

    # --- Its place in the thread ---
    # A number is given once, so that a page reads a range of an index.
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replies", editable=False, db_index=False
    )
    root = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="thread", editable=False, db_index=False
    )
    depth = models.PositiveIntegerField(default=0, editable=False)
    # The nearest ancestors, the eldest first.
    ancestor_ids = models.JSONField(default=list, editable=False, db_column="lineage")
    # 1, 2, 3 … among the replies of the thread, and among those to the same parent.
    reply_number = models.PositiveIntegerField(default=0, editable=False, db_column="place")
    sibling_number = models.PositiveIntegerField(default=0, editable=False, db_column="sibling")
    # Replies to it that were ever written, whatever became of them.
    child_count = models.PositiveIntegerField(default=0, editable=False)
    # On the first comment of a thread: all replies ever written, and the published ones.
    thread_length = models.PositiveIntegerField(default=0, editable=False)
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    # On the first comment of a thread: whether lists show it,
    # and the key of the latest reply by the article's author.
    is_listed = models.BooleanField(default=True, editable=False, db_column="has_place")
    latest_author_reply = models.PositiveBigIntegerField(
        null=True, editable=False, db_column="answered"
    )

    # --- Its text ---
    body = models.TextField(_("text"), max_length=COMMENT_MAX_LENGTH)
    html = models.TextField(editable=False)
    # What readers see of it. NULL: written before this column existed (see `text`).
    visible_text = models.TextField(null=True, editable=False)  # noqa: DJ001
    # The words of it by which it is found, and the mark of its article (forum.discussion.words).
    search_words = SearchWordsField()
    # Grows with each edit.
    version = models.PositiveIntegerField(default=1, editable=False, db_column="edition")
    kind = models.CharField(  # noqa: DJ001 - NULL keeps ordinary comments out of a partial index
        _("kind"), max_length=10, choices=Kind, null=True, blank=True, editable=False
    )
    # A question or a correction.
    resolved_at = models.DateTimeField(_("done"), null=True, editable=False, db_column="settled_at")
    # The passage it is about, and the words that the passage had then.
    passage = models.ForeignKey(
        Passage, models.SET_NULL, null=True, related_name="comments", editable=False, db_index=False
    )
    passage_edition = models.PositiveIntegerField(null=True, editable=False)
    passage_words = models.TextField(blank=True, editable=False)
    # Finds comments with the same text (forum.screening.spam.fingerprint).
    fingerprint = models.BigIntegerField(null=True, editable=False)

    # --- Its votes: all of them, and those that count in the ranking (forum.votes.ranking) ---
    helpful = models.PositiveIntegerField(default=0, editable=False)
    unhelpful = models.PositiveIntegerField(default=0, editable=False)
    ranked_helpful = models.PositiveIntegerField(default=0, editable=False)
    ranked_unhelpful = models.PositiveIntegerField(default=0, editable=False)
    rank = models.IntegerField(default=0, editable=False)

    # --- Its state ---
    idempotency_key = models.CharField(max_length=64, editable=False, db_column="key")
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PUBLISHED, editable=False
    )
    status_at = models.DateTimeField(null=True, editable=False)
    removal_reason = models.CharField(
        _("reason"), max_length=12, choices=Reason, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)
    imported_at = models.DateTimeField(null=True, editable=False)  # from elsewhere
    edited_at = models.DateTimeField(_("edited"), null=True, editable=False)
    picked_at = models.DateTimeField(_("picked by an editor"), null=True, editable=False)

    cites: Sequence[int] = ()  # keys of the comments it shows, from composing to saving

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["-pk"]
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of its own page, which stays right wherever the comment is listed."""
        return reverse("comment", args=[self.pk])

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any
    ) -> Self:
        """Make a comment of a row as Django does, but without pre_init and post_init.

        No signal of this model has receivers, and a page makes eighty comments.
        """
        comment = cls.__new__(cls)
        comment._state = ModelState()
        comment._state.adding, comment._state.db = False, db
        vars(comment._state).update(options)
        vars(comment).update(zip(field_names, values, strict=True))
        return comment

    # --- What may be done ---

    @property
    def author_name(self) -> str:
        """The author's name. Imported comments and those of deleted accounts have no author."""
        return self.author.username if self.author else gettext("A reader")

    @property
    def excerpt(self) -> str:
        return clip(self.text, EXCERPT_LENGTH)

    @property
    def text(self) -> str:
        """The text that readers see, without markup."""
        return visible_text(self.html) if self.visible_text is None else self.visible_text

    @property
    def judged(self) -> str:
        """The text that rules and spam filters read: what readers see, and the targets of links."""
        return with_addresses(self.text, self.html)

    @cached_property
    def shown_html(self) -> str:
        """The HTML for readers. `fill_in` sets that of several comments with one query."""
        return References([self.html]).fill(self.html)

    @property
    def passage_has_changed(self) -> bool:
        """True if the passage has other words than when the comment was written."""
        return self.passage is not None and self.passage.edition != self.passage_edition

    @property
    def is_young(self) -> bool:
        return is_within(EDIT_WINDOW, self.created_at)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def is_held(self) -> bool:
        return self.status == self.Status.HELD

    @property
    def is_shown(self) -> bool:
        """True if the comment or its placeholder is shown even without replies below it."""
        return self.status in self.SHOWN or self.reply_count > 0

    @property
    def has_hidden_votes(self) -> bool:
        """True while the comment is young, so that its score does not influence readers."""
        minutes = settings.VOTES_HIDDEN_MINUTES
        return bool(minutes) and is_within(timedelta(minutes=minutes), self.created_at)

    @property
    def shown_votes(self) -> str:
        """The score that readers see; "" while it is hidden."""
        score = self.helpful - self.unhelpful if settings.DOWNVOTES else self.helpful
        return "" if self.has_hidden_votes else str(score)

    def editable_by(self, user: Any) -> bool:
        return (
            self.is_published
            and self._own(user)
            and self.is_young
            and not Sanction.objects.of(user)
        )

    def deletable_by(self, user: Any) -> bool:
        return (self.is_published or self.is_held) and self._own(user)

    def readable_while_held(self, user: Any) -> bool:
        """Return whether the person may read a held comment: its author and its moderators may."""
        if not self.is_held or not user.is_authenticated:
            return False
        return self._own(user) or Moderator.objects.may(user, self.discussion.article.topic_id)

    def undeletable_by(self, user: Any) -> bool:
        recent = self.status_at is not None and is_within(EDIT_WINDOW, self.status_at)
        allowed = self.status == self.Status.DELETED and self._own(user) and recent
        return allowed and not Sanction.objects.of(user)

    def _own(self, user: Any) -> bool:
        return bool(user.is_authenticated) and self.author_id == user.pk

    def says(self, body: str) -> bool:
        """Return whether the comment has this text and is published or may still be."""
        return (self.is_published or self.is_held) and self.body == body

    # --- What is done ---

    def resolve(self, *, by: "User") -> None:
        """Mark a question or correction as done. Raises NotAllowed."""
        demand_account("settle", by)
        Comment.objects.filter(pk=self.pk, resolved_at=None).update(resolved_at=timezone.now())

    def reopen(self, *, by: "User") -> None:
        demand_account("settle", by)
        Comment.objects.filter(pk=self.pk).update(resolved_at=None)

    def lock(self) -> None:
        """Lock the discussion, which everybody locks before other rows of it: no deadlock then."""
        self.discussion.lock()

    def update_while(self, before: dict[str, Any], **changes: Any) -> bool:
        """Write the changes if the row still has the values before; return False otherwise."""
        if not Comment.objects.filter(pk=self.pk, **before).update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True
