"""A mail server that counts emails, is slow, refuses, drops connections and loses its answers."""

import asyncio
import hashlib
import logging
from collections import Counter
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from tests.server import free_port

logging.getLogger("mail.log").disabled = True  # aiosmtpd's

SLOW = 0.5  # seconds
FAULTS = ["slow", "refuse", "drop", "lose"]  # one of these happens to an email at its first try …
ONE_IN = 5  # … if it is one of so many


class FaultyServer:
    """Faults follow from the Message-ID of an email, so each kind happens often."""

    def __init__(self) -> None:
        self.tried = Counter[str]()
        self.accepted = Counter[str]()  # by Message-ID
        self.unanswered = Counter[str]()  # accepted, and the client did not say QUIT afterwards
        self.faults = Counter[str]()
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.port}"

    async def handle_DATA(  # noqa: N802 - aiosmtpd looks for this name
        self, server: Any, session: Any, envelope: Envelope
    ) -> str:
        content: Any = envelope.content
        email = _id_of(message_from_bytes(content))
        fault = _fault_of(email) if not self.tried[email] else ""
        self.tried[email] += 1
        self.faults[fault] += 1
        if fault == "refuse":
            return "451 4.3.0 Try later"
        if fault == "slow":
            await asyncio.sleep(SLOW)
        if fault == "drop":
            server.transport.abort()
            return "421 4.3.0 Nobody reads this"
        self.accepted[email] += 1
        self.unanswered[email] += 1
        session.email = email
        if fault == "lose":
            server.transport.abort()
        return "250 OK"

    async def handle_QUIT(  # noqa: N802 - aiosmtpd looks for this name
        self, server: Any, session: Any, envelope: Envelope
    ) -> str:
        if email := getattr(session, "email", ""):
            self.unanswered[email] -= 1
        return "221 Bye"


def _id_of(message: Message) -> str:
    return str(message["Message-ID"]).strip()


def _fault_of(email: str) -> str:
    number = int(hashlib.sha256(email.encode()).hexdigest(), 16)
    return "" if number % ONE_IN else FAULTS[number // ONE_IN % len(FAULTS)]
