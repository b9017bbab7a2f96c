"""Proving an address by a mailed code: what this browser has asked for, until the code is typed.

Kept in the session. The work is the same for an address that belongs to somebody and one that does not;
only the worker, and whoever reads the mail, learns which it was.
"""

from dataclasses import asdict, dataclass, field
from datetime import timedelta
from time import time
from typing import Literal, Self

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import limits
from accounts.codes import SealedCode, matches
from accounts.tasks import send_code_mail

SESSION_KEY = "accounts.proof"
CODE_LIFETIME = timedelta(minutes=15)

Purpose = Literal["login", "reset", "signup"]


@dataclass(kw_only=True)
class Proof:
    purpose: Purpose
    email: str
    next_url: str = ""
    code: str = field(default_factory=SealedCode.new)
    sent_at: float = field(default_factory=time)
    proven: bool = False
    # What somebody who signs up has chosen: a name, and a password already hashed.
    username: str = ""
    password: str = ""

    def begin(self, request: HttpRequest) -> None:
        """Mails the code, and replaces whatever this browser was proving before. Raises limits.Limited."""
        limits.count_mail(request, self.email)
        self.keep(request)
        send_code_mail.enqueue(self.purpose, self.email, str(self.code), self.next_url)

    def again(self, request: HttpRequest) -> None:
        """A new code for the same purpose; the one before opens nothing any more."""
        self.code, self.sent_at, self.proven = SealedCode.new(), time(), False
        self.begin(request)

    def keep(self, request: HttpRequest) -> None:
        request.session[SESSION_KEY] = asdict(self)

    def prove(self, request: HttpRequest, typed: str) -> None:
        """Raises ValidationError, in words for whoever typed."""
        if time() >= self.sent_at + CODE_LIFETIME.total_seconds():
            raise ValidationError(_("This code has run out. Ask for a new one below."), "expired")
        if not limits.guess_allowed(request, self.code):
            raise ValidationError(_("There were too many wrong codes. Ask for a new one below."), "spent")
        if not matches(self.code, typed):
            raise ValidationError(_("This is not the code we sent. Look again."), "wrong")
        self.proven, self.sent_at = True, time()
        self.keep(request)

    def drop(self, request: HttpRequest) -> None:
        request.session.pop(SESSION_KEY, None)

    @property
    def opens(self) -> bool:
        """Whether the code was typed, and not so long ago that somebody else may sit there now."""
        return self.proven and time() < self.sent_at + CODE_LIFETIME.total_seconds()

    @classmethod
    def of(cls, request: HttpRequest, purpose: Purpose) -> Self | None:
        """What this browser is proving for this purpose, even when its time is over."""
        kept = request.session.get(SESSION_KEY)
        return cls(**kept) if kept and kept["purpose"] == purpose else None
