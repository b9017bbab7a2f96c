"""Refusals of a comment, a vote or a flag."""

from datetime import datetime

from accounts.limits import wait_until
from forum.screening.models.rule import Rule


class Refusal(Exception):
    """The action is not allowed now."""


class DiscussionClosed(Refusal):
    pass


class Suspended(Refusal):
    def __init__(self, until: datetime | None) -> None:
        self.until = until  # None: for good


class AgainstARule(Refusal):
    """A rule of the site refuses this text; another one may be accepted."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule


class TooFast(Refusal):
    def __init__(self, until: datetime) -> None:
        self.until = until

    @property
    def wait(self) -> str:
        """Return the wait in words: "in 2 minutes"."""
        return wait_until(self.until)
