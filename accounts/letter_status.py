"""Answers of mail servers to emails with codes, for the browser that waits for one.

An email goes to every address, known here or not, and what a page says of it comes from the mail
server alone. It is said after the same delay for all, so that the time tells nothing either.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.proofs import Answer, Proof
from mail.failures import Cause, Failure

DELAY = timedelta(seconds=10)


class LetterStatus(NamedTuple):
    answer: str = ""  # "" as long as there is none, or it is too early to tell
    at: datetime | None = None


def status_of(proof: Proof | None) -> LetterStatus:
    if proof is None or timezone.now() < proof.created_at + DELAY:
        return LetterStatus()
    return LetterStatus(proof.answer, proof.answered_at)


def note_answer(message_id: str, failure: Failure | None, **_: Any) -> None:
    """Keep what a mail server answered to an email with a code."""
    answer = Answer.ACCEPTED
    if failure is not None:
        is_refused = failure.cause == Cause.RECIPIENT
        answer = Answer.REFUSED if is_refused else Answer.DELAYED
    Proof.objects.of_message(message_id).update(answer=answer, answered_at=timezone.now())
