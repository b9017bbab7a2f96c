from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.base import ModelState
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights import demand_account
from articles.models import Passage
from forum.discussion.clock import is_within
from forum.discussion.models.discussion import Discussion
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
# Long enough to find the mistake that shows on the second
# reading, too short to change a discussion's past.
EDIT_WINDOW = timedelta(minutes=30)
# A change within this time of posting, before anybody answered, is not worth a mark.
SILENT_EDIT_WINDOW = timedelta(minutes=2)
# So many ancestors are known without a query; readers see no more of a chain at once.
LINEAGE_LENGTH = 8


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

    # A removal is shown with its reason; what was deleted is only shown where replies hang on it.
    SHOWN = (Status.PUBLISHED, Status.REMOVED)

    # Every foreign key below leads an index of several columns, so none has one of its own.
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

    # --- Its place. Ordinals are given once and never again, so that a reading is bounded by a range of an index. ---
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="replies", editable=False, db_index=False
    )
    root = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="thread", editable=False, db_index=False
    )
    depth = models.PositiveIntegerField(default=0, editable=False)
    lineage = models.JSONField(
        default=list, editable=False
    )  # ids of the nearest ancestors, eldest first
    place = models.PositiveIntegerField(
        default=0, editable=False
    )  # the how-manieth reply of its thread
    sibling = models.PositiveIntegerField(
        default=0, editable=False
    )  # the how-manieth answer to its parent
    child_count = models.PositiveIntegerField(
        default=0, editable=False
    )  # answers to it, ever written
    # On the first comment of a thread: replies ever written, and the published ones.
    thread_length = models.PositiveIntegerField(default=0, editable=False)
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    # On the first comment of a thread: whether lists show it,
    # and the latest reply by the article's author.
    has_place = models.BooleanField(default=True, editable=False)
    answered = models.PositiveBigIntegerField(null=True, editable=False)  # its key

    # --- Its words ---
    body = models.TextField(_("text"), max_length=COMMENT_MAX_LENGTH)
    html = models.TextField(editable=False)
    # What readers see of it. NULL: written before this column was there (see `text`).
    visible_text = models.TextField(null=True, editable=False)  # noqa: DJ001
    edition = models.PositiveIntegerField(default=1, editable=False)  # grows with each edit
    kind = models.CharField(  # noqa: DJ001 - NULL keeps ordinary comments out of a partial index
        _("kind"), max_length=10, choices=Kind, null=True, blank=True, editable=False
    )
    settled_at = models.DateTimeField(
        _("done"), null=True, editable=False
    )  # a question or a correction
    # The passage it speaks of, and how that read then.
    passage = models.ForeignKey(
        Passage, models.SET_NULL, null=True, related_name="comments", editable=False, db_index=False
    )
    passage_edition = models.PositiveIntegerField(null=True, editable=False)
    passage_words = models.TextField(blank=True, editable=False)
    fingerprint = models.BigIntegerField(
        null=True, editable=False
    )  # by which the same text is found again

    # --- Its votes: all of them, and those that count in the ranking (forum.votes.ranking) ---
    helpful = models.PositiveIntegerField(default=0, editable=False)
    unhelpful = models.PositiveIntegerField(default=0, editable=False)
    ranked_helpful = models.PositiveIntegerField(default=0, editable=False)
    ranked_unhelpful = models.PositiveIntegerField(default=0, editable=False)
    rank = models.IntegerField(default=0, editable=False)

    # --- Its state ---
    key = models.CharField(max_length=64, editable=False)
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
        indexes = [
            models.Index(
                fields=["discussion", "created_at", "id"],
                condition=Q(parent__isnull=True, has_place=True),
                name="comment_heads_by_time",
            ),
            models.Index(
                fields=["discussion", "rank", "id"],
                condition=Q(parent__isnull=True, has_place=True),
                name="comment_heads_by_rank",
            ),
            models.Index(
                fields=["discussion", "answered"],
                condition=Q(answered__isnull=False),
                name="comment_heads_by_answer",
            ),
            models.Index(fields=["discussion", "id"], name="comment_latest"),  # as they came
            models.Index(fields=["discussion", "created_at", "id"], name="comment_by_time"),
            models.Index(
                fields=["root", "place"], condition=Q(root__isnull=False), name="comment_thread"
            ),
            models.Index(
                fields=["parent", "sibling"],
                condition=Q(parent__isnull=False),
                name="comment_siblings",
            ),
            models.Index(
                fields=["passage", "created_at", "id"],
                condition=Q(passage__isnull=False),
                name="comment_by_passage_and_time",
            ),
            models.Index(
                fields=["kind", "id"], condition=Q(kind__isnull=False), name="comment_by_kind"
            ),
            models.Index(
                fields=["kind", "id"],
                condition=Q(kind__isnull=False, settled_at__isnull=True),
                name="comment_to_settle",
            ),
            models.Index(
                fields=["fingerprint", "-id"],
                condition=Q(fingerprint__isnull=False),
                name="comment_by_fingerprint",
            ),
            models.Index(
                fields=["author", "-created_at", "-id"], name="comment_by_author_and_time"
            ),
            models.Index(fields=["status", "-id"], name="comment_by_status"),
            models.Index(
                fields=["status", "-created_at", "-id"], name="comment_by_status_and_time"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["discussion", "author", "key"], name="comment_key_once_per_author"
            ),
            models.UniqueConstraint(
                fields=["discussion", "key"],
                condition=Q(author=None),
                name="comment_key_once_without_author",
            ),
            models.CheckConstraint(
                condition=Q(parent=None, root=None, depth=0)
                | Q(parent__isnull=False, root__isnull=False, depth__gt=0),
                name="comment_place_in_its_thread",
            ),
            models.CheckConstraint(
                condition=Q(removal_reason="") | Q(status="removed"),
                name="comment_reason_only_when_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        """The comment in its context: an address that stays right wherever its page ends."""
        return reverse("comment", args=[self.pk])

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any
    ) -> Self:
        """As Django's, for a model without signals: a page is made of
        eighty of them, and each would look for some.
        """
        found = cls.__new__(cls)
        found._state = ModelState()
        found._state.adding, found._state.db = False, db
        vars(found._state).update(options)
        vars(found).update(zip(field_names, values, strict=True))
        return found

    # --- What may be done ---

    @property
    def author_name(self) -> str:
        """A comment brought from elsewhere may have no author here; an account may be gone."""
        return self.author.username if self.author else gettext("A reader")

    @property
    def excerpt(self) -> str:
        return clip(self.text, EXCERPT_LENGTH)

    @property
    def text(self) -> str:
        """What readers see of it."""
        return visible_text(self.html) if self.visible_text is None else self.visible_text

    @property
    def judged(self) -> str:
        """What it is judged by, besides its source: what readers see, and where its links lead."""
        return with_addresses(self.text, self.html)

    @cached_property
    def shown_html(self) -> str:
        """The HTML for readers; `fill_in` fills in that of several comments at once."""
        return References([self.html]).fill(self.html)

    @property
    def passage_has_changed(self) -> bool:
        """Since the comment was written about it."""
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
    def keeps_its_place(self) -> bool:
        """Shown even where no reply is seen below it."""
        return self.status in self.SHOWN or self.reply_count > 0

    @property
    def has_hidden_votes(self) -> bool:
        """Whether the comment is so young that readers form an opinion of their own."""
        minutes = settings.VOTES_HIDDEN_MINUTES
        return bool(minutes) and is_within(timedelta(minutes=minutes), self.created_at)

    @property
    def shown_votes(self) -> str:
        """The score that readers see; nothing while it is hidden."""
        score = self.helpful - self.unhelpful if settings.DOWNVOTES else self.helpful
        return "" if self.has_hidden_votes else str(score)

    def votable_by(self, user: Any) -> bool:
        return self.is_published and bool(user.is_authenticated) and not self._own(user)

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
        """By its author, and by whoever decides about it."""
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
        """Whether readers find these words here, or will once a moderator has looked."""
        return (self.is_published or self.is_held) and self.body == body

    # --- What is done ---

    def settle(self, *, by: "User") -> None:
        """An editor has answered the question, or looked at the correction. Raises NotAllowed."""
        demand_account("settle", by)
        Comment.objects.filter(pk=self.pk, settled_at=None).update(settled_at=timezone.now())

    def open_again(self, *, by: "User") -> None:
        demand_account("settle", by)
        Comment.objects.filter(pk=self.pk).update(settled_at=None)

    def lock(self) -> None:
        """Its discussion, before any other row that the change will touch."""
        self.discussion.lock()

    def update_while(self, before: dict[str, Any], **changes: Any) -> bool:
        """Write the changes where the row still is as it
        was before; False where somebody was first.
        """
        if not Comment.objects.filter(pk=self.pk, **before).update(**changes):
            return False
        for name, value in changes.items():
            setattr(self, name, value)
        return True
