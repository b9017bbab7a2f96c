"""The code that this browser has to type, remembered in its session.

The work is the same for an address with an account and for one without; only the worker, and
the reader of the email, learn which it was.
"""

from dataclasses import asdict, dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts import limits
from accounts.counters import give_back
from accounts.models import User
from accounts.proofs import Proof, Purpose
from accounts.tasks import send_code_mail

SESSION_KEY = "accounts.challenge"


@dataclass(kw_only=True)
class Challenge:
    purpose: str
    email: str
    next_url: str = ""
    # What somebody who signs up has chosen: a name, and a password already hashed.
    username: str = ""
    password: str = ""
    proof_id: str = ""
    connects: bool = False  # an account elsewhere (accounts.social)

    def begin(self, request: HttpRequest) -> None:
        """Email the code and replace what this browser was asked before. Raise limits.Limited."""
        limits.count_mail(request, self.email, is_recovery=self.purpose != Purpose.SIGNUP)
        person = User.objects.with_email(self.email)
        with transaction.atomic():
            self._void_former(request)
            proof = Proof.objects.make(self.purpose, self.email, person=person)
            self.proof_id = str(proof.pk)
            request.session[SESSION_KEY] = asdict(self)
            send_code_mail.enqueue(self.proof_id, self.next_url, get_language() or "")

    def _void_former(self, request: HttpRequest) -> None:
        """A new code ends the one that this browser asked for before."""
        if former := request.session.get(SESSION_KEY):
            Proof.objects.filter(
                pk=former["proof_id"], purpose=self.purpose, email=self.email
            ).void()

    @classmethod
    def of(cls, request: HttpRequest, purpose: str) -> tuple[Self, Proof] | None:
        """Return what this browser was asked for this purpose and
        the email's proof, even when its time is over.
        """
        kept = request.session.get(SESSION_KEY)
        if not kept or kept["purpose"] != purpose:
            return None
        proof = Proof.objects.filter(
            pk=kept["proof_id"], purpose=purpose, email=kept["email"]
        ).first()
        return (cls(**kept), proof) if proof else None


def drop(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def check_code(request: HttpRequest, proof: Proof, typed: str) -> None:
    """Raise ValidationError where this is not the code;
    Limited where too many wrong ones came from here.
    """
    use = limits.take_code(request, proof.email)
    try:
        proof.check_code(typed)
    except ValidationError:
        limits.note_wrong("code")
        raise
    give_back(use)
