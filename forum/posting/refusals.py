"""Why a discussion does not take a comment now."""

from datetime import datetime

from accounts.limits import wait_until
from forum.screening.models.rule import Rule


class Refusal(Exception):
    """The discussion does not take this comment now."""


class DiscussionClosed(Refusal):
    pass


class Suspended(Refusal):
    def __init__(self, until: datetime | None) -> None:
        self.until = until  # None: for good


class AgainstARule(Refusal):
    """Refused by a rule of the site; other words may be taken."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule


class TooFast(Refusal):
    def __init__(self, until: datetime) -> None:
        self.until = until

    @property
    def wait(self) -> str:
        """Return the wait in words: "in 2 minutes"."""
        return wait_until(self.until)
