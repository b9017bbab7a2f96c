import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Proof, User
from accounts.proofs import ProofQuerySet, Purpose
from articles.models import Article, Passage
from database.prepared import execute
from forum import tasks
from forum.discussion.clock import SKEW, is_within
from forum.discussion.rendering.body import render_words
from forum.discussion.rendering.references import References

if TYPE_CHECKING:
    from forum.discussion.models.comment import Comment

# How long words that were not posted are kept.
DRAFT_LIFETIME = timedelta(days=7)
# So many of readers who are signed out; then the oldest are forgotten.
DRAFTS_OF_STRANGERS = 10_000


class DraftQuerySet(models.QuerySet["Draft"]):
    def kept(self) -> Self:
        """Drafts whose time is not over, also those that were deleted and can be brought back."""
        now = timezone.now()
        return self.filter(created_at__range=(now - DRAFT_LIFETIME, now + SKEW))

    def alive(self) -> Self:
        return self.kept().filter(discarded_at=None)

    def of(self, *, holder: str, person: Any) -> Self:
        """Drafts a browser or a person may open: stashed in this
        browser, by them, or under their proven address.
        """
        mine = (
            Q(holder=holder, person=None) if holder else Q(pk=None)
        )  # an empty holder is nobody's
        if person.is_authenticated:
            mine |= Q(person=person) | Q(
                email__in=person.emailaddress_set.filter(verified=True).values("email")
            )
        return self.kept().filter(mine)

    def unfinished_in(self, article: int, *, person: int, holder: str) -> Self:
        """What a person, or a browser, left there, the latest first. Words under an address alone
        may be somebody else's: those open by the mail only.
        """
        theirs = Q(person=person) | Q(holder=holder, person=None) & ~Q(holder="")
        return self.filter(theirs, article=article, comment=None, discarded_at=None).order_by(
            "-created_at"
        )

    def became(self, comment: "Comment", *, holder: str) -> None:
        """The words of these drafts are posted."""
        hand = f"person {comment.author_id}"
        execute(BECAME, comment.pk, comment.idempotency_key, hand, holder or hand)

    @transaction.atomic
    def stash(
        self, *, holder: str, person: Any, key: str, email: str = "", **words: Any
    ) -> tuple["Draft", bool]:
        """Keeps the words; the same key from the same hand is the same draft.

        Also says whether somebody is to be asked for a code: the draft is new, or was changed.
        """
        self.filter(created_at__lt=timezone.now() - DRAFT_LIFETIME).delete()
        owner = person if person.is_authenticated else None
        hand = f"person {owner.pk}" if owner else holder
        draft, is_new = self.select_for_update().get_or_create(
            holder=hand, key=key, defaults={"person": owner, "email": email, **words}
        )
        if is_new and not owner:
            self.forget_beyond(DRAFTS_OF_STRANGERS)
        is_changed = not is_new and draft.change(
            email=email or draft.email, discarded_at=None, **words
        )
        return draft, bool(email) and (is_new or is_changed)

    def forget_beyond(self, most: int) -> None:
        """Delete the oldest drafts of readers who are signed out: nobody's
        words may fill the disk.
        """
        strangers = self.filter(person=None, comment=None).order_by("-created_at")
        for edge in strangers.values_list("created_at", flat=True)[most : most + 1]:
            strangers.filter(created_at__lte=edge).delete()


class Draft(models.Model):
    """Words that could not be posted yet, kept until whoever wrote them can post them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    holder = models.CharField(max_length=64)  # digest of the browser's cookie, or the person
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="drafts"
    )
    article = models.ForeignKey(Article, models.CASCADE, related_name="drafts")
    parent = models.ForeignKey("forum.Comment", models.SET_NULL, null=True, related_name="+")
    body = models.TextField()
    kind = models.CharField(max_length=10, null=True)  # noqa: DJ001 - as in Comment
    passage = models.ForeignKey(
        Passage, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    passage_edition = models.PositiveIntegerField(null=True)
    passage_words = models.TextField(blank=True)
    key = models.CharField(max_length=64)
    email = models.EmailField(blank=True)
    discarded_at = models.DateTimeField(null=True)
    comment = models.ForeignKey(
        "forum.Comment", models.CASCADE, null=True, related_name="+"
    )  # what it became
    created_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["holder", "key"], name="draft_key_once_per_holder")
        ]
        indexes = [
            models.Index(fields=["email"], name="draft_by_address"),
            models.Index(fields=["created_at"], name="draft_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("draft", args=[self.pk])

    @property
    def is_alive(self) -> bool:
        return is_within(DRAFT_LIFETIME, self.created_at)

    @property
    def html(self) -> str:
        html = render_words(self.body).html
        return References([html]).fill(html)

    @property
    def answers_somebody_gone(self) -> bool:
        return self.parent is not None and not self.parent.is_published

    @transaction.atomic
    def change(self, **fields: Any) -> bool:
        """Write the fields and return whether any differed:
        what proves the former ones is void then.
        """
        is_changed = any(getattr(self, name) != value for name, value in fields.items())
        if is_changed:
            self.proofs.void()
            Draft.objects.filter(pk=self.pk).update(**fields)
            self.refresh_from_db()
        return is_changed

    def discard(self) -> None:
        """Delete the words, in a way that can be undone as long as they would have been kept."""
        self.change(discarded_at=timezone.now())

    def adopt(self, person: "User") -> None:
        """Give the draft to somebody who says that they wrote it in another browser."""
        self.change(person=person, holder=f"person {person.pk}", key=str(uuid.uuid4()))

    def is_written_by(self, *, holder: str, person: Any) -> bool:
        """Return whether this browser or person wrote it; an
        address alone may have been typed by anybody.
        """
        return (bool(holder) and self.holder == holder) or (
            self.person_id is not None and self.person_id == person.pk
        )

    # --- The way in by email ---

    @property
    def proofs(self) -> ProofQuerySet:
        return Proof.objects.filter(purpose=Purpose.DRAFT, subject=str(self.pk))

    @property
    def proof(self) -> Proof | None:
        """The newest one for the present address; it may be spent or void."""
        return self.proofs.filter(email=self.email).first()

    @property
    def content(self) -> str:
        """All that a proof is bound to beside the address."""
        tie = [self.kind, self.passage_id, self.passage_edition, self.passage_words]
        return json.dumps(
            [self.holder, self.email, self.article_id, self.parent_id, self.body, *tie]
        )

    @transaction.atomic
    def send_code(self) -> None:
        """Email a new code with a link; the ones before it open nothing any more."""
        self.proofs.void()
        person = User.objects.with_email(self.email)
        proof = Proof.objects.make(
            Purpose.DRAFT, self.email, person=person, content=self.content, subject=str(self.pk)
        )
        tasks.send_draft_code.enqueue(str(proof.pk))

    def proof_by_link(self, token: str) -> Proof | None:
        """Return the proof whose link this is, as long as nothing that it
        was made for has changed.
        """
        proof = Proof.objects.by_link(token, Purpose.DRAFT)
        if proof is None or proof.subject != str(self.pk) or proof.email != self.email:
            return None
        return (
            proof
            if proof.fits(person=User.objects.with_email(self.email), content=self.content)
            else None
        )


# With each comment that is posted, and nearly always there is no draft.
BECAME = "UPDATE forum_draft SET comment_id = %s WHERE key = %s AND holder IN (%s, %s)"
