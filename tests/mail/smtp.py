"""A mail server for tests, in a thread: it answers as its mood says, and keeps what it accepted."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from django.test import override_settings

from tests.server import free_port

logging.getLogger("mail.log").disabled = True  # aiosmtpd's, which quotes what the site must not log

# The answers of one connection by command; what is not
# named is accepted. "drop" closes the connection.
Mood = dict[str, str]

ACCEPT: Mood = {}
DROP = "drop"


class Server:
    """`moods`: one for each connection; the last one goes on for all that follow."""

    def __init__(self, *moods: Mood) -> None:
        self.moods = list(moods) or [ACCEPT]
        self.accepted: list[EmailMessage] = []
        self.senders: list[str] = []
        self.recipients: list[str] = []

    async def handle_EHLO(  # noqa: N802 - aiosmtpd looks for this name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        session.mood = self.moods.pop(0) if len(self.moods) > 1 else self.moods[0]
        return responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.answer(server, session, "MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 - aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answer(server, session, "RCPT", "250 OK")

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.answer(server, session, "DATA", "250 OK")
        if answer.startswith("250") or session.mood.get("DATA") == DROP:
            self.accepted.append(
                message_from_bytes(bytes(envelope.content or b""), policy=policy.default)
            )
            self.senders.append(str(envelope.mail_from))
            self.recipients += envelope.rcpt_tos
        return answer

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        refusal = session.mood.get("AUTH")
        return AuthResult(success=not refusal, handled=False, message=refusal)

    @staticmethod
    def answer(server: SMTP, session: Session, command: str, accepted: str) -> str:
        answer = session.mood.get(command, accepted)
        if answer == DROP:
            server.transport.abort()
        return str(answer)


@contextmanager
def mail_server(*moods: Mood) -> Iterator[Server]:
    """Run a server, and point the site's settings at it."""
    server = Server(*moods)
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=server.authenticate,
        auth_require_tls=False,
    )
    controller.start()
    try:
        login = {"EMAIL_HOST_USER": "parley", "EMAIL_HOST_PASSWORD": "secret"}
        with override_settings(
            MAIL_TRANSPORT="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=controller.port,
            EMAIL_TIMEOUT=2,
            **(login if any("AUTH" in mood for mood in moods) else {}),
        ):
            yield server
    finally:
        controller.stop()
