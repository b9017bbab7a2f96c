"""One-time proofs that somebody reads an email address: by its code or its link.

One row is one email, so that its code and its link are spent together. Both are
derived from the row and the server's key: they hold for the address, purpose, subject
and state they were made for, and whoever reads the database learns neither.
SECURITY.md lists what each purpose opens and what ends it.
"""

import json
import re
import secrets
import unicodedata
import uuid
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.fields import CanonicalEmailField, known_spelling

if TYPE_CHECKING:
    from accounts.models import User

DIGITS = 6
ATTEMPTS = 5
CODE_LIFETIME = timedelta(minutes=15)
LINK_LIFETIME = timedelta(hours=1)
RESTORE_LIFETIME = timedelta(days=7)
KEPT = RESTORE_LIFETIME + timedelta(days=1)
FORGOTTEN_AT_ONCE = 100


class Purpose(models.TextChoices):
    LOGIN = "login"
    RESET = "reset"
    SIGNUP = "signup"
    DRAFT = "draft"
    EMAIL = "email"  # a new address
    REAUTHENTICATE = "reauthenticate"
    INVITATION = "invitation"  # an account, and a role (accounts.invitations)
    RESTORE = "restore"  # the former address, for whoever lost it to somebody else


class Answer(models.TextChoices):
    """The answer of a mail server to an email."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # it takes nothing for this address
    DELAYED = "delayed"  # tried again later


class Closed(StrEnum):
    """A reason why a link opens nothing."""

    USED = "used"
    EXPIRED = "expired"
    REPLACED = "replaced"  # by a newer one, or the account has changed
    INCOMPLETE = "incomplete"  # or made up


OF_A_PROOF = re.compile(r"<(?P<pk>[0-9a-f]{32})\.proof@")

OPEN_FOR_DAYS = (Purpose.RESTORE, Purpose.INVITATION)
# Their link leads to a new password.
PASSWORD_LINK_PURPOSES = (Purpose.LOGIN, Purpose.RESET, Purpose.SIGNUP)


class ProofQuerySet(models.QuerySet["Proof"]):
    def make(
        self, purpose: str, email: str, *, person: "User | None", content: str = "", **fields: str
    ) -> "Proof":
        """Create the proof that one email carries, and forget some old ones."""
        old = self.filter(created_at__lt=timezone.now() - KEPT).values("pk")[:FORGOTTEN_AT_ONCE]
        self.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
        state = state_of(None if purpose == Purpose.RESTORE else person, content)
        return self.create(
            purpose=purpose, email=known_spelling(email), person=person, state=state, **fields
        )

    def open(self) -> Self:
        return self.filter(ended_at=None)

    def void(self) -> int:
        return self.open().update(ended_at=timezone.now())

    def about(self, people: Any, emails: Any = ()) -> Self:
        """Return the proofs that end when one of these people changes address or password, or is
        deactivated.

        RESTORE proofs stay, because a thief could otherwise end the owner's way back.
        """
        ours = Q(person__in=people) | Q(email__in=emails)
        return self.filter(ours).exclude(purpose=Purpose.RESTORE)

    def by_link(self, token: str, *purposes: str) -> "Proof | None":
        """Return the open proof whose link this is. Looking spends nothing."""
        proof = self._of_link(token, *purposes)
        return proof if proof and not proof.ended_at and proof.link_is_fresh else None

    def closed_link(self, token: str, *purposes: str) -> "Closed":
        """Return why a link opens nothing. Only who has all of it learns more than that."""
        proof = self._of_link(token, *purposes)
        return proof.closed if proof else Closed.INCOMPLETE

    def of_message(self, message_id: str) -> Self:
        """Return the proof that the email with this Message-ID carries."""
        found = OF_A_PROOF.match(message_id)
        return self.filter(pk=uuid.UUID(hex=found["pk"])) if found else self.none()

    def _of_link(self, token: str, *purposes: str) -> "Proof | None":
        pk, _dash, _mac = token.partition("-")
        try:
            proof = self.filter(pk=uuid.UUID(hex=pk), purpose__in=purposes).first()
        except ValueError:
            return None
        return proof if proof and constant_time_compare(proof.token, token) else None


class Proof(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    purpose = models.CharField(max_length=16, choices=Purpose)
    email = CanonicalEmailField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="proofs"
    )
    subject = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=64)
    secret = models.CharField(max_length=43, default=secrets.token_urlsafe)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    proven_at = models.DateTimeField(
        null=True
    )  # the code was typed; what it opens comes in a next step
    ended_at = models.DateTimeField(null=True)  # spent or void
    is_spent = models.BooleanField(default=False)
    # What the mail server said of the email that carries it, and when.
    answer = models.CharField(max_length=9, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = ProofQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        indexes = [
            models.Index(fields=["email"], name="proof_by_address"),
            models.Index(fields=["subject"], name="proof_by_subject", condition=~Q(subject="")),
            models.Index(fields=["created_at"], name="proof_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"

    @property
    def code(self) -> str:
        return f"{int(self._seal('code'), 16) % 10**DIGITS:0{DIGITS}}"

    @property
    def token(self) -> str:
        """The part of the mailed link that proves."""
        return f"{self.pk.hex}-{self._seal('link')}"

    def _seal(self, use: str) -> str:
        facts = json.dumps([self.secret, self.purpose, self.email, self.subject, self.state])
        return salted_hmac(f"accounts.proofs.{use}", facts, algorithm="sha256").hexdigest()

    @property
    def link_is_fresh(self) -> bool:
        lifetime = RESTORE_LIFETIME if self.purpose in OPEN_FOR_DAYS else LINK_LIFETIME
        return timezone.now() < self.created_at + lifetime

    @property
    def is_recently_proven(self) -> bool:
        """Return whether the code was typed within its lifetime: later, somebody else may use the
        browser.
        """
        return (
            not self.ended_at
            and self.proven_at is not None
            and timezone.now() < self.proven_at + CODE_LIFETIME
        )

    def check_code(self, typed: str) -> None:
        """Raise ValidationError if this is not the code. Wrong ones count, even many at once.

        A spent or void proof gives the same error as a wrong code, so that it reveals nothing.
        """
        mine = Proof.objects.filter(pk=self.pk)
        fresh = mine.filter(created_at__gt=timezone.now() - CODE_LIFETIME)
        if not fresh.filter(attempts__lt=ATTEMPTS).update(attempts=F("attempts") + 1):
            raise self._refusal()
        right = constant_time_compare(self.code, digits_in(typed))
        if not (right and mine.open().update(attempts=F("attempts") - 1, proven_at=timezone.now())):
            message = _(
                "That code isn't right or has been used. Check the newest email and try again."
            )
            raise ValidationError(message, "wrong")
        self.refresh_from_db()

    def _refusal(self) -> ValidationError:
        if timezone.now() >= self.created_at + CODE_LIFETIME:
            return ValidationError(_("This code has expired. Send a new code."), "expired")
        return ValidationError(_("Too many wrong codes. Send a new code."), "spent")

    def fits(self, *, person: "User | None", content: str = "") -> bool:
        """Return whether account and content are still those that the proof was made for."""
        return constant_time_compare(self.state, state_of(person, content))

    def spend(self, *, person: "User | None", content: str = "") -> bool:
        """End the proof. Return False where somebody was
        first, or what it was made for has changed.
        """
        unchanged = Proof.objects.open().filter(pk=self.pk, state=state_of(person, content))
        return unchanged.update(ended_at=timezone.now(), is_spent=True) == 1

    @property
    def message_id(self) -> str:
        """The Message-ID of the email that carries it."""
        return f"<{self.pk.hex}.proof@{settings.SITE_HOST or 'localhost'}>"

    @property
    def closed(self) -> "Closed":
        """Return why its link opens nothing any more."""
        if self.is_spent:
            return Closed.USED
        return Closed.EXPIRED if not self.ended_at else Closed.REPLACED


def state_of(person: "User | None", content: str = "") -> str:
    """Return a digest of what a proof is bound to beside its
    address: the account, and the content it is for.
    """
    account = [person.pk, person.email, person.password, person.is_active] if person else []
    return salted_hmac(
        "accounts.proofs.state", json.dumps([account, content]), algorithm="sha256"
    ).hexdigest()


def digits_in(typed: str) -> str:
    """Return the decimal digits of any script as 0 to 9, without what stands between them."""
    return "".join(str(unicodedata.decimal(char)) for char in typed if char.isdecimal())
