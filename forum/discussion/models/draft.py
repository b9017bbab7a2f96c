import json
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Proof, User
from accounts.proofs import ProofQuerySet, Purpose
from articles.models import Article, Passage
from database.prepared import execute
from forum import tasks
from forum.discussion.clock import SKEW, is_within
from forum.discussion.rendering.body import render_body
from forum.discussion.rendering.references import References

if TYPE_CHECKING:
    from forum.discussion.models.comment import Comment

# A draft expires after this time.
DRAFT_LIFETIME = timedelta(days=7)
# The most drafts of signed-out readers; then the oldest are deleted.
DRAFTS_OF_STRANGERS = 10_000


class DraftQuerySet(models.QuerySet["Draft"]):
    def kept(self) -> Self:
        """Return drafts that have not expired, with discarded ones, which can be restored."""
        now = timezone.now()
        return self.filter(created_at__range=(now - DRAFT_LIFETIME, now + SKEW))

    def alive(self) -> Self:
        return self.kept().filter(discarded_at=None)

    def of(self, *, holder: str, person: Any) -> Self:
        """Return the drafts that a browser or a person may open: saved in this browser, by this
        person, or under an address that they have proven.
        """
        theirs = Q(holder=holder, person=None) if holder else Q(pk=None)
        if person.is_authenticated:
            proven = person.emailaddress_set.filter(verified=True).values("email")
            theirs |= Q(person=person) | Q(email__in=proven)
        return self.kept().filter(theirs)

    def unfinished_in(self, article: int, *, person: int, holder: str) -> Self:
        """Return the drafts of a person or a browser for an article, the latest first. A draft with
        their address alone may be by somebody else, so only its email opens it.
        """
        theirs = Q(person=person) | Q(holder=holder, person=None) & ~Q(holder="")
        unfinished = self.filter(theirs, article=article, comment=None, discarded_at=None)
        return unfinished.order_by("-created_at")

    def became(self, comment: "Comment", *, holder: str) -> None:
        """Mark the drafts that this comment was posted from."""
        person = f"person {comment.author_id}"
        execute(BECAME, comment.pk, comment.idempotency_key, person, holder or person)

    @transaction.atomic
    def stash(
        self, *, holder: str, person: Any, key: str, email: str = "", **fields: Any
    ) -> tuple["Draft", bool]:
        """Save a draft, and return whether a code has to be sent: if it is new, or was changed.

        The same key from the same browser or person is the same draft.
        """
        self.filter(created_at__lt=timezone.now() - DRAFT_LIFETIME).delete()
        owner = person if person.is_authenticated else None
        holder = f"person {owner.pk}" if owner else holder
        new = {"person": owner, "email": email, **fields}
        rows = self.select_for_update()
        draft, is_new = rows.get_or_create(holder=holder, key=key, defaults=new)
        if is_new:
            if not owner:
                self.forget_beyond(DRAFTS_OF_STRANGERS)
            return draft, bool(email)
        is_changed = draft.change(email=email or draft.email, discarded_at=None, **fields)
        return draft, bool(email) and is_changed

    def forget_beyond(self, most: int) -> None:
        """Delete the oldest drafts of signed-out readers, so that nobody can fill the disk with
        them.
        """
        strangers = self.filter(person=None, comment=None).order_by("-created_at")
        for edge in strangers.values_list("created_at", flat=True)[most : most + 1]:
            strangers.filter(created_at__lte=edge).delete()


class Draft(models.Model):
    """A comment that could not be posted yet, stored until its writer can post it."""

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
        html = render_body(self.body).html
        return References([html]).fill(html)

    @property
    def answers_somebody_gone(self) -> bool:
        return self.parent is not None and not self.parent.is_published

    @transaction.atomic
    def change(self, **fields: Any) -> bool:
        """Write the fields and return whether any of them differed. A change makes earlier proofs
        void.
        """
        is_changed = any(getattr(self, name) != value for name, value in fields.items())
        if is_changed:
            self.proofs.void()
            Draft.objects.filter(pk=self.pk).update(**fields)
            self.refresh_from_db()
        return is_changed

    def discard(self) -> None:
        """Hide the draft. It can be restored until it expires."""
        self.change(discarded_at=timezone.now())

    def adopt(self, person: "User") -> None:
        """Give the draft to somebody who says that they wrote it in another browser."""
        self.change(person=person, holder=f"person {person.pk}", key=str(uuid.uuid4()))

    def is_written_by(self, *, holder: str, person: Any) -> bool:
        """Return whether this browser or person wrote it. An address proves nothing: anybody can
        type it.
        """
        by_person = self.person_id is not None and self.person_id == person.pk
        return by_person or (bool(holder) and self.holder == holder)

    # --- Proofs of the address ---

    @property
    def proofs(self) -> ProofQuerySet:
        return Proof.objects.filter(purpose=Purpose.DRAFT, subject=str(self.pk))

    @property
    def proof(self) -> Proof | None:
        """The newest proof for the present address, which may be used or void."""
        return self.proofs.filter(email=self.email).first()

    @property
    def content(self) -> str:
        """The values that a proof is valid for, besides the address."""
        about = [self.kind, self.passage_id, self.passage_edition, self.passage_words]
        written = [self.holder, self.email, self.article_id, self.parent_id, self.body]
        return json.dumps([*written, *about])

    @transaction.atomic
    def send_code(self) -> None:
        """Email a new code with a link. Earlier ones become void."""
        self.proofs.void()
        person = User.objects.with_email(self.email)
        proof = Proof.objects.make(
            Purpose.DRAFT, self.email, person=person, content=self.content, subject=str(self.pk)
        )
        tasks.send_draft_code.enqueue(str(proof.pk), get_language() or "")

    def proof_by_link(self, token: str) -> Proof | None:
        """Return the proof of this link, unless the draft or its address was changed since."""
        proof = Proof.objects.by_link(token, Purpose.DRAFT)
        if proof is None or proof.subject != str(self.pk) or proof.email != self.email:
            return None
        person = User.objects.with_email(self.email)
        return proof if proof.fits(person=person, content=self.content) else None


# Runs with each comment that is posted, and hardly ever finds a draft.
BECAME = "UPDATE forum_draft SET comment_id = %s WHERE key = %s AND holder IN (%s, %s)"
