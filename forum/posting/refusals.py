"""The refusals of a comment, a vote or a flag, with their status and their message."""

from datetime import datetime
from enum import Enum, auto
from http import HTTPStatus
from typing import Any, ClassVar

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from accounts.limits import wait_until
from forum.people.models.sanction import Sanction
from forum.screening.models.rule import Rule


class Act(Enum):
    """The act that is refused. forum/posting/refusal.html has the texts for a comment."""

    WRITE = auto()
    VOTE = auto()
    FLAG = auto()


class Refusal(Exception):
    """An act that the site does not accept now."""

    STATUS: ClassVar[HTTPStatus] = HTTPStatus.CONFLICT
    MESSAGES: ClassVar[dict[Act, Any]] = {}

    def status(self, act: Act) -> HTTPStatus:
        return self.STATUS

    def message(self, act: Act) -> str:
        """Return the reason, for a vote or a flag."""
        return str(self.MESSAGES[act])


class DiscussionClosed(Refusal):
    pass


class Suspended(Refusal):
    STATUS = HTTPStatus.FORBIDDEN
    MESSAGES: ClassVar[dict[Act, Any]] = {
        Act.VOTE: _("Your account can no longer vote."),
        Act.FLAG: _("Your account can no longer report comments."),
    }
    UNTIL: ClassVar[dict[Act, Any]] = {
        Act.VOTE: _("Your account cannot vote until %(date)s."),
        Act.FLAG: _("Your account cannot report comments until %(date)s."),
    }

    def __init__(self, sanction: Sanction) -> None:
        self.sanction = sanction
        self.until = sanction.until  # None: for good

    def message(self, act: Act) -> str:
        if self.until is None:
            return super().message(act)
        date = formats.date_format(timezone.localtime(self.until), "DATETIME_FORMAT")
        return str(self.UNTIL[act] % {"date": date})


class AgainstARule(Refusal):
    """A rule of the site refuses the comment; another text may be accepted."""

    STATUS = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, rule: Rule) -> None:
        self.rule = rule


class TooFast(Refusal):
    STATUS = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, until: datetime) -> None:
        self.until = until

    @property
    def wait(self) -> str:
        """Return the wait in words: "in 2 minutes"."""
        return wait_until(self.until)
