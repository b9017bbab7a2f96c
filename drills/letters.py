"""Every email about a notification arrives, however the worker and the mail server fail.

Followers of an article are told of one comment. The worker is killed while it tells and emails
them; the mail server is slow, refuses, drops connections and loses its answers (drills.smtp).
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from drills.outcome import Outcome
from drills.processes import descendants
from drills.smtp import FaultyServer
from tests.postgres import postgresql
from tests.server import ROOT, Browser, Server

EMAILS = 2_000
KILLS = 20
KILLS_WHILE_TELLING = 4
PATIENCE = 40 * 60  # seconds
GOAL = (
    f"of {EMAILS:,} emails none lost while the worker is killed {KILLS} times, and doubled only "
    "where the server's answer was lost"
)


def on_sqlite() -> Outcome:
    return drill("")


def on_postgresql() -> Outcome:
    with postgresql(durable=True) as url:
        return drill(url)


def drill(database: str) -> Outcome:
    with site(database, mail := FaultyServer()) as server:
        crowd(server, "follow", str(EMAILS), "at_once", slug := first_article(server))
        post(server, slug)
        kills = kill_the_worker(server, mail)
        counted = Count(mail, wait_until_sent(server, mail))
    return Outcome(f"{kills} kills; {counted}", kills == KILLS and counted.is_right)


@dataclass
class Count:
    """The emails that were due, and how often the mail server accepted each."""

    mail: FaultyServer
    state: dict[str, Any]
    due: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.due = {f"<notification-{key}@localhost>" for key in self.state["told"]}

    @property
    def lost(self) -> set[str]:
        return self.due - set(+self.mail.accepted)

    @property
    def doubled(self) -> set[str]:
        return {email for email, times in self.mail.accepted.items() if times > 1}

    @property
    def unexplained(self) -> set[str]:
        """Emails that came again although an answer arrived: the client said QUIT after it."""
        accepted, unanswered = self.mail.accepted, self.mail.unanswered
        return {email for email in self.doubled if accepted[email] - 1 > unanswered[email]}

    @property
    def is_right(self) -> bool:
        there = len(self.due) == EMAILS and self.state["emailed"] == EMAILS
        return there and not (self.lost or self.unexplained or self.strangers)

    @property
    def strangers(self) -> set[str]:
        return set(self.mail.accepted) - self.due

    def __str__(self) -> str:
        faults = self.mail.faults
        lost_answers = faults["lose"]
        return (
            f"{len(self.due)} due, {len(set(self.mail.accepted) & self.due)} arrived, "
            f"{len(self.lost)} lost, {len(self.doubled)} doubled after {lost_answers} lost answers "
            f"and the kills, {len(self.unexplained)} doubled without cause; "
            f"{faults['slow']} slow, {faults['refuse']} refused, {faults['drop']} dropped"
        )


@contextmanager
def site(database: str, mail: FaultyServer) -> Iterator[Server]:
    """A site whose emails go to this mail server."""
    with TemporaryDirectory(prefix="parley-drill-") as folder:
        server = Server(Path(folder), database)
        mail.controller.start()
        server.environment["EMAIL_URL"] = mail.url
        try:
            server.start()
            yield server
        finally:
            if server.process.poll() is None:
                server.stop()
            mail.controller.stop()


def crowd(server: Server, *words: str) -> str:
    command = [sys.executable, "-m", "drills.crowd", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=server.environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def first_article(server: Server) -> str:
    return str(re.findall(r'href="/articles/([\w-]+)/"', Browser(server.site).get("/"))[0])


def post(server: Server, slug: str) -> None:
    browser, page = server.administrator(), f"/articles/{slug}/"
    token = browser.token(page)
    fields = {"body": "It turns.", "key": "drill", "csrfmiddlewaretoken": token}
    if browser.post(f"{page}comments/", **fields) != 302:
        raise RuntimeError("The comment was not posted.")


def kill_the_worker(server: Server, mail: FaultyServer) -> int:
    """Kill it while it tells people, then again and again while it emails them."""
    kills, chance = 0, random.Random(1)  # noqa: S311 - only when to kill
    for _ in range(KILLS_WHILE_TELLING):
        time.sleep(chance.uniform(0.1, 1.0))
        kills += kill_worker(server)
    step = EMAILS // (KILLS - KILLS_WHILE_TELLING + 1)
    deadline = time.monotonic() + PATIENCE
    while kills < KILLS and time.monotonic() < deadline:
        if len(mail.accepted) >= step * (kills - KILLS_WHILE_TELLING + 1):
            time.sleep(chance.uniform(0.0, 0.2))
            kills += kill_worker(server)
        time.sleep(0.05)
    return kills


def kill_worker(server: Server) -> int:
    """Kill the worker once it runs. `start` starts another."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for pid in descendants(server.process.pid):
            if b"db_worker" in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGKILL)
                return 1
        time.sleep(0.05)
    return 0


def wait_until_sent(server: Server, mail: FaultyServer) -> dict[str, Any]:
    """Wait until nothing is queued any more, or nothing moves; return the state then."""
    deadline = time.monotonic() + PATIENCE
    while True:
        state: dict[str, Any] = json.loads(crowd(server, "state"))
        is_sent = state["emailed"] == EMAILS and not (state["queued"] or state["undelivered"])
        if is_sent or time.monotonic() > deadline:
            return state
        time.sleep(10)
