"""Send one email step by step, and say in one line which step fails and what to change."""

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from mail.failures import failure_of

Step = tuple[str, Callable[[], str]]


class StepFailed(Exception):
    """The server cannot be used; the message says what to change."""


# The first that fits says what to change.
ADVICE: list[tuple[type[Exception], str]] = [
    (socket.gaierror, "the host {host} is not known: check EMAIL_URL, and this machine's DNS"),
    (
        ssl.SSLCertVerificationError,
        "the certificate of {place} is not valid ({error}): check the host in EMAIL_URL",
    ),
    (ssl.SSLError, "{place} does not begin with TLS: write smtp+tls:// and port 587 in EMAIL_URL"),
    (
        smtplib.SMTPNotSupportedError,
        "{place} does not offer it ({error}): write smtps:// and port 465 in EMAIL_URL",
    ),
    (
        smtplib.SMTPAuthenticationError,
        "the user name or password in EMAIL_URL is refused ({answer})",
    ),
    (
        smtplib.SMTPSenderRefused,
        "the sender is refused ({answer}): check EMAIL_FROM, and the user in EMAIL_URL",
    ),
    (smtplib.SMTPRecipientsRefused, "the recipient is refused ({answer})"),
    (smtplib.SMTPResponseException, "the server refuses it ({answer})"),
    (
        OSError,
        (
            "{place} does not answer ({error}): check host, port and scheme in EMAIL_URL, and "
            "firewalls"
        ),
    ),
]


class Trial:
    def __init__(self, backend: EmailBackend, message: EmailMessage) -> None:
        self.backend = backend
        self.message = message
        self.place = f"{backend.host}:{backend.port}"

    def run(self) -> Iterator[str]:
        """Yield a line for each step that worked. Raise StepFailed at the first that did not."""
        for name, step in self.steps():
            try:
                outcome = step()
            except (OSError, smtplib.SMTPException) as error:
                raise StepFailed(f"{name}: {self.advice(error)}.") from error
            yield f"{name}: {outcome}"

    def steps(self) -> Iterator[Step]:
        yield "resolve", self.resolve
        yield "connect", self.connect
        if self.backend.use_tls:
            yield "TLS", self.encrypt
        if self.backend.username:
            yield "login", self.sign_in
        yield "accepted", self.send

    def resolve(self) -> str:
        found = socket.getaddrinfo(self.backend.host, self.backend.port, type=socket.SOCK_STREAM)
        return ", ".join(dict.fromkeys(str(address[0]) for *_, address in found))

    def connect(self) -> str:
        options: dict[str, Any] = (
            {"context": self.backend.ssl_context} if self.backend.use_ssl else {}
        )
        options["timeout"] = self.backend.timeout
        self.server: smtplib.SMTP = self.backend.connection_class(
            self.backend.host, self.backend.port, **options
        )
        self.server.ehlo_or_helo_if_needed()
        return f"{self.place} answers"

    def encrypt(self) -> str:
        self.server.starttls(context=self.backend.ssl_context)
        return "on"

    def sign_in(self) -> str:
        self.server.login(str(self.backend.username), str(self.backend.password))
        return str(self.backend.username)

    def send(self) -> str:
        """Hand the email over by the code that sends every other."""
        self.backend.connection = self.server
        self.backend.send_messages([self.message])
        self.backend.close()
        return f"from {self.message.from_email} to {self.message.to[0]}"

    def advice(self, error: Exception) -> str:
        text = next(text for kind, text in ADVICE if isinstance(error, kind))
        answer = " ".join(failure_of(error).answer.split())
        return text.format(host=self.backend.host, place=self.place, error=error, answer=answer)
