import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.codes import SealedCode, matches
from articles.models import Article, Passage
from articles.statements import change
from forum import tasks
from forum.discussion.rendering.references import References
from forum.models.discussion import Discussion
from forum.models.tie import tie_of
from forum.rendering import render_words

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models.comment import Comment

# How long words that were not posted are kept.
DRAFT_LIFETIME = timedelta(days=7)
CODE_LIFETIME = timedelta(minutes=15)
CODE_ATTEMPTS = 5
LINK_LIFETIME = timedelta(hours=1)


class DraftQuerySet(models.QuerySet["Draft"]):
    def alive(self) -> Self:
        return self.filter(created_at__gt=timezone.now() - DRAFT_LIFETIME)

    def of(self, *, holder: str, person: Any) -> Self:
        """Drafts a browser or a person may open: stashed in this browser, by them, or under their proven address."""
        mine = Q(holder=holder) if holder else Q(pk=None)  # an empty holder is nobody's
        if person.is_authenticated:
            mine |= Q(person=person) | Q(email__in=person.emailaddress_set.filter(verified=True).values("email"))
        return self.alive().filter(mine)

    def unfinished_in(self, article: int, *, person: int, holder: str) -> Self:
        """What a person, or a browser, left there, the latest first. Words under an address alone may be somebody
        else's: those open by the mail only.
        """
        theirs = Q(person=person) | Q(holder=holder) & ~Q(holder="")
        return self.filter(theirs, article=article, comment=None).order_by("-created_at")

    def became(self, comment: "Comment", *, holder: str) -> None:
        """The words of these drafts are posted."""
        hand = f"person {comment.author_id}"
        change(BECAME, comment.pk, comment.key, hand, holder or hand)

    @transaction.atomic
    def stash(self, *, holder: str, person: Any, key: str, email: str = "", **words: Any) -> tuple["Draft", bool]:
        """Keeps the words; the same key from the same hand is the same draft.

        Also says whether somebody is to be asked for a code: the draft is new, or was changed.
        """
        self.filter(created_at__lt=timezone.now() - DRAFT_LIFETIME).delete()
        owner = person if person.is_authenticated else None
        hand = f"person {owner.pk}" if owner else holder
        draft, is_new = self.select_for_update().get_or_create(
            holder=hand, key=key, defaults={"person": owner, "email": email, **words}
        )
        is_changed = not is_new and draft.change(email=email or draft.email, **words)
        return draft, bool(email) and (is_new or is_changed)


class Draft(models.Model):
    """Words that could not be posted yet, kept until whoever wrote them can post them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    holder = models.CharField(max_length=64)  # digest of the browser's cookie, or the person
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="drafts")
    article = models.ForeignKey(Article, models.CASCADE, related_name="drafts")
    parent = models.ForeignKey("forum.Comment", models.SET_NULL, null=True, related_name="+")
    body = models.TextField()
    kind = models.CharField(max_length=10, null=True)  # noqa: DJ001 - as in Comment
    passage = models.ForeignKey(Passage, models.SET_NULL, null=True, related_name="+", db_index=False)
    passage_edition = models.PositiveIntegerField(null=True)
    passage_words = models.TextField(blank=True)
    key = models.CharField(max_length=64)
    email = models.EmailField(blank=True)
    code = models.CharField(max_length=128, blank=True)  # sealed
    code_sent_at = models.DateTimeField(null=True)
    code_attempts = models.PositiveSmallIntegerField(default=0)
    comment = models.ForeignKey("forum.Comment", models.CASCADE, null=True, related_name="+")  # what it became
    created_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["holder", "key"], name="draft_key_once_per_holder")]
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
        return timezone.now() - self.created_at < DRAFT_LIFETIME

    @property
    def html(self) -> str:
        html = render_words(self.body).html
        return References([html]).fill(html)

    @property
    def answers_somebody_gone(self) -> bool:
        return self.parent is not None and not self.parent.is_published

    def change(self, **fields: Any) -> bool:
        """Write the fields and return whether any differed: a code for the former ones is void then."""
        is_changed = any(getattr(self, name) != value for name, value in fields.items())
        if is_changed:
            Draft.objects.filter(pk=self.pk).update(**fields, **VOID)
            self.refresh_from_db()
        return is_changed

    # --- The way in by mail ---

    @transaction.atomic
    def send_code(self) -> None:
        """Mails a new code with a link; the ones before it open nothing any more."""
        self.code, self.code_sent_at, self.code_attempts = SealedCode.new(), timezone.now(), 0
        self.save(update_fields=["code", "code_sent_at", "code_attempts", "email"])
        tasks.send_draft_code.enqueue(str(self.pk))

    def code_opens(self, typed: str) -> bool:
        """Whether this is the code. Each try counts, however many arrive at once."""
        sent = Draft.objects.filter(pk=self.pk, code=self.code, email=self.email, comment=None)
        fresh = sent.filter(code_sent_at__gt=timezone.now() - CODE_LIFETIME, code_attempts__lt=CODE_ATTEMPTS)
        if not self.code or not fresh.update(code_attempts=F("code_attempts") + 1):
            return False
        return matches(self.code, typed)

    @property
    def code_is_spent(self) -> bool:
        self.refresh_from_db(fields=["code_sent_at", "code_attempts"])
        expired = self.code_sent_at is None or self.code_sent_at <= timezone.now() - CODE_LIFETIME
        return expired or self.code_attempts >= CODE_ATTEMPTS

    def link_token(self) -> str:
        return signing.TimestampSigner(salt=_LINK_SALT).sign_object(self._proven_by_mail)

    def link_opens(self, token: str) -> bool:
        """Whether this is the link of the last mail, still fresh."""
        try:
            content = signing.TimestampSigner(salt=_LINK_SALT).unsign_object(token, max_age=LINK_LIFETIME)
        except signing.BadSignature:
            return False
        return bool(self.code) and content == self._proven_by_mail

    @property
    def _proven_by_mail(self) -> list[str]:
        return [str(self.pk), self.code, self.email]

    # --- The end of it ---

    def post(self, *, by: "User", network: str = "") -> "Comment":
        """The words become a comment, once. Raises a Refusal."""
        parent = None if self.answers_somebody_gone else self.parent
        discussion = Discussion.objects.of(self.article)
        comment = discussion.post(by=by, body=self.body, parent=parent, key=self.key, network=network, **tie_of(self))
        Draft.objects.filter(pk=self.pk).update(comment=comment, code="", person=by)
        return comment


# With each comment that is posted, and nearly always there is no draft.
BECAME = "UPDATE forum_draft SET comment_id = %s WHERE key = %s AND holder IN (%s, %s)"
VOID: dict[str, Any] = {"code": "", "code_sent_at": None, "code_attempts": 0}
_LINK_SALT = "forum.draft.link"
