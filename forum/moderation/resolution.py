"""The decision of a moderator about a case."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from forum.cases.models import Case
from forum.log.models.action import ModerationAction
from forum.moderation.comment_actions import perform
from forum.posting.visibility import READ_UNDER_LOCK

if TYPE_CHECKING:
    from accounts.models import User


class AlreadyResolved(Exception):
    """Another moderator decided while this one was reading."""


class CommentChanged(Exception):
    """The comment was edited after the moderator read it."""


@dataclass(frozen=True)
class Resolution:
    """An action on the comment of a case, or on its author, with all that the form says."""

    action: str  # a name in comment_actions.ACTIONS
    reason: str = ""
    note: str = ""
    body: str = ""  # of a redacted comment
    edition: int | None = None  # of the comment that was read
    sanction: str = ""  # a Sanction.Kind
    days: int = 0  # of a sanction that ends
    removes: bool = False  # the comment goes with the sanction

    @transaction.atomic
    def apply(self, case: Case, *, by: "User") -> list[ModerationAction]:
        """Return the entries of the log; none where nothing had to be changed.

        Raises AlreadyResolved for the second of two moderators, and CommentChanged.
        """
        case.comment.lock()
        case.refresh_from_db(fields=["decided_at", "action"])
        case.comment.refresh_from_db(fields=READ_UNDER_LOCK)
        if case.decided_at:
            raise AlreadyResolved
        if self.edition not in (None, case.comment.version):
            raise CommentChanged
        names = [self.action]
        if self.action == "sanction" and self.removes:
            names.append("remove")
        entries = [perform(case.comment, name, by=by, **asdict(self)) for name in names]
        return [entry for entry in entries if entry]
