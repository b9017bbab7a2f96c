from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.cases.models import Case
from forum.log.models.action import ModerationAction
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from forum.people.models.sanction import Sanction
from forum.posting.visibility import READ_UNDER_LOCK, hold

if TYPE_CHECKING:
    from accounts.models import User

DEEDS = {
    "approve": _("Approve"),
    "remove": _("Remove"),
    "erase": _("Delete without a trace"),
    "edit": _("Edit comment"),
    "hold": _("Hold"),
    "warn": _("Warn"),
    "sanction": _("Suspend or ban"),
}


class AnsweredAlready(Exception):
    """Somebody else decided while this moderator was reading."""


class ReadOtherwise(Exception):
    """The words are not the ones that the moderator read."""


@dataclass(frozen=True)
class Answer:
    """What a moderator says to a case: about the comment, about its author, or about both."""

    deed: str  # one of DEEDS
    reason: str = ""
    note: str = ""
    body: str = ""  # the words, where something is edited out
    edition: int | None = None  # of the comment that was read
    sanction: str = ""  # a Sanction.Kind
    days: int = 0  # of a sanction that ends
    removes: bool = False  # the comment goes with the sanction

    @transaction.atomic
    def give(self, case: Case, *, by: "User") -> list[ModerationAction]:
        """The lines of the log; none where there was nothing to
        change. Of two moderators at once one comes second.
        """
        case.comment.lock()
        case.refresh_from_db(fields=["decided_at", "action"])
        case.comment.refresh_from_db(fields=READ_UNDER_LOCK)
        if case.decided_at:
            raise AnsweredAlready
        if self.edition not in (None, case.comment.version):
            raise ReadOtherwise
        return [line for line in self._lines(case, by=by) if line]

    def _lines(self, case: Case, *, by: "User") -> list[ModerationAction | None]:
        comment, note, why = case.comment, self.note, {"reason": self.reason, "note": self.note}
        match self.deed:
            case "approve":
                return [decisions.approve(comment, by=by, note=note)]
            case "edit":
                return [decisions.edit_out(comment, by=by, body=self.body, **why)]
            case "sanction":
                return [
                    self._impose(case, by=by),
                    decisions.remove(comment, by=by, **why) if self.removes else None,
                ]
            case "hold":
                return [hold(comment, by=by, **why)]
            case "warn":
                return [decisions.warn(comment, by=by, **why)]
            case "erase":
                return [decisions.erase(comment, by=by, **why)]
        return [decisions.remove(comment, by=by, **why)]

    def _impose(self, case: Case, *, by: "User") -> ModerationAction | None:
        comment = case.comment
        if comment.author is None:
            return None
        until = (
            None
            if self.sanction == Sanction.Kind.BAN
            else timezone.now() + timedelta(days=self.days)
        )
        sanction = Sanction(
            person=comment.author, kind=self.sanction, until=until, reason=self.reason
        )
        return impose(sanction, by=by, note=self.note, comment=comment)
