"""Causes of a refused email: its recipient, this site's settings, or a temporary failure.

Only a permanent answer about the recipient ends an email. A wrong password, a refused sender or a
relay that is closed to this site can be corrected, and then every waiting email goes out.
"""

import re
from enum import StrEnum
from smtplib import (
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from typing import NamedTuple


class Cause(StrEnum):
    RECIPIENT = "recipient"
    SITE = "site"
    LATER = "later"


class Failure(NamedTuple):
    cause: Cause
    answer: str  # as the server wrote it; it may name the recipient
    summary: str  # without a word that names a person: for the log


# The enhanced status code (RFC 3463) at the start of the answer, or at its end as qmail writes it.
ENHANCED = re.compile(
    r"^(?P<start>[245]\.\d{1,3}\.\d{1,3})\b|\(#(?P<end>[245]\.\d{1,3}\.\d{1,3})\)"
)
# Bad or moved mailbox, domain without email, mailbox switched off; 5.1.7 and 5.1.8 are about
# the sender.
ABOUT_RECIPIENT = re.compile(r"5\.(1\.(0|1|2|3|4|6|9|10)|2\.\d+|4\.4)")
# Codes that RFC 5321 and RFC 7504 give to a mailbox, unless the words speak of the sending site.
MAILBOX_CODES = frozenset({550, 551, 552, 553, 556})
ABOUT_SENDER = re.compile(
    r"relay|rcpthosts|authenti|authori|log ?in|sender|client|helo|spf|dkim|dmarc|spam|black|block|"
    r"ban|policy|reputation|reverse|ptr\b|\bip\b|tls|quota for",
    re.IGNORECASE,
)


def failure_of(error: Exception) -> Failure:
    code, answer = _answer(error)
    name = type(error).__name__
    if code is None:
        return Failure(
            Cause.RECIPIENT if _is_unwritable(error) else Cause.SITE, f"{name}: {error}", name
        )
    enhanced = _enhanced(answer)
    cause = _cause(error, code, answer, enhanced)
    return Failure(cause, f"{code} {answer}", " ".join(filter(None, [name, str(code), enhanced])))


def _answer(error: Exception) -> tuple[int | None, str]:
    answer: bytes | str
    if isinstance(error, SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        code, answer = error.smtp_code, error.smtp_error
    else:
        return None, ""
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer)
    return code, text


def _enhanced(answer: str) -> str:
    match = ENHANCED.search(answer)
    return (match["start"] or match["end"]) if match else ""


def _cause(error: Exception, code: int, answer: str, enhanced: str) -> Cause:
    if 400 <= code < 500:
        return Cause.LATER
    at_recipient = isinstance(error, SMTPRecipientsRefused)
    if enhanced:
        about_recipient = bool(ABOUT_RECIPIENT.fullmatch(enhanced))
        judged = at_recipient or isinstance(error, SMTPDataError)
    else:
        about_recipient = code in MAILBOX_CODES and not ABOUT_SENDER.search(answer)
        judged = at_recipient
    return Cause.RECIPIENT if judged and about_recipient else Cause.SITE


def _is_unwritable(error: Exception) -> bool:
    """Return True for an email that cannot be written down, so that no server was asked."""
    return isinstance(error, ValueError) and not isinstance(error, OSError)
