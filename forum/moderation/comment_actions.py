"""The table of what a moderator can do with a comment.

The queue, the page of tools, bulk decisions and undo read it. `decisions`, `pins` and the
others do the work; this module says under which name, for which status of the comment, and with
which arguments.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.moderation import decisions, pins
from forum.moderation.models.split import Split
from forum.moderation.sanctions import sanction_author
from forum.posting.visibility import hold

if TYPE_CHECKING:
    from accounts.models import User

Status = Comment.Status
PUBLISHED = frozenset({Status.PUBLISHED})
PUBLISHED_OR_HELD = frozenset({Status.PUBLISHED, Status.HELD})
NEVER: frozenset[str] = frozenset()


def _always(comment: Comment) -> bool:
    return True


@dataclass(frozen=True)
class Action:
    """One row of the table. `label` is empty where no page of tools offers the action."""

    function: Callable[..., ModerationAction | None]
    label: Any = ""
    in_tools: Collection[str] = NEVER  # statuses in which the page of tools offers it
    in_queue: Collection[str] = NEVER  # statuses in which a case offers it
    in_bulk: bool = False
    leads_to: str = ""  # the status after a decision that can be undone
    needs_reason: bool = False
    takes: tuple[str, ...] = ("note",)  # keyword arguments beside `by`
    needs_author: bool = False  # an account, not only a name
    right: str = ""  # row of accounts.roles, where it is not the name of the action
    applies: Callable[[Comment], bool] = _always


def _is_pinned(comment: Comment) -> bool:
    return comment.discussion.pinned_id == comment.pk


def _is_split(comment: Comment) -> bool:
    is_head = comment.root_id is None
    return is_head and Split.objects.filter(comment=comment, joined_at=None).exists()


WITH_REASON = ("reason", "note")

ACTIONS: dict[str, Action] = {
    "restore": Action(decisions.restore, _("Restore"), in_tools={Status.REMOVED, Status.ERASED}),
    "approve": Action(
        decisions.approve,
        _("Approve"),
        in_tools={Status.HELD},
        in_queue=PUBLISHED_OR_HELD,
        in_bulk=True,
        leads_to=Status.PUBLISHED,
    ),
    "remove": Action(
        decisions.remove,
        _("Remove (leave a notice)"),
        in_tools=PUBLISHED_OR_HELD,
        in_queue=PUBLISHED_OR_HELD,
        in_bulk=True,
        leads_to=Status.REMOVED,
        needs_reason=True,
        takes=WITH_REASON,
    ),
    "erase": Action(
        decisions.erase,
        _("Delete without a trace (spam)"),
        in_tools=PUBLISHED_OR_HELD | {Status.REMOVED},
        in_queue=PUBLISHED_OR_HELD,
        leads_to=Status.ERASED,
        needs_reason=True,
        takes=WITH_REASON,
    ),
    "edit": Action(
        decisions.edit_out,
        in_queue=PUBLISHED_OR_HELD,
        leads_to=Status.PUBLISHED,
        needs_reason=True,
        takes=("body", *WITH_REASON),
    ),
    "hold": Action(hold, in_queue=PUBLISHED, leads_to=Status.HELD, takes=WITH_REASON),
    "warn": Action(
        decisions.warn,
        in_queue=PUBLISHED_OR_HELD,
        needs_reason=True,
        takes=WITH_REASON,
        needs_author=True,
    ),
    "sanction": Action(
        sanction_author,
        in_queue=PUBLISHED_OR_HELD,
        needs_reason=True,
        takes=("sanction", "days", *WITH_REASON),
        needs_author=True,
        right="suspend",
    ),
    "unpin": Action(pins.unpin, _("Unpin"), in_tools=PUBLISHED, applies=_is_pinned),
    "pin": Action(
        pins.pin,
        _("Pin above the discussion"),
        in_tools=PUBLISHED,
        applies=lambda comment: not _is_pinned(comment),
    ),
    "unpick": Action(
        pins.unpick,
        _("Remove the editor’s pick"),
        in_tools=PUBLISHED,
        applies=lambda comment: comment.picked_at is not None,
    ),
    "pick": Action(
        pins.pick,
        _("Mark as editor’s pick"),
        in_tools=PUBLISHED,
        applies=lambda comment: comment.picked_at is None,
    ),
    "split": Action(
        Split.objects.away,
        _("Move with its replies to a new thread"),
        in_tools=PUBLISHED,
        applies=lambda comment: comment.root_id is not None,
    ),
    "join": Action(
        Split.objects.back,
        _("Move back to its original thread"),
        in_tools=PUBLISHED,
        applies=_is_split,
    ),
}
IN_QUEUE = [name for name, action in ACTIONS.items() if action.in_queue]
IN_BULK = [name for name, action in ACTIONS.items() if action.in_bulk]
NEEDS_REASON = {name for name, action in ACTIONS.items() if action.needs_reason}


def right_to(name: str) -> str:
    """Return the row of accounts.roles that allows the action."""
    return ACTIONS[name].right or name


def tools_for(comment: Comment) -> list[tuple[str, Any]]:
    """Return name and label of what the page of tools offers for a comment, decisions first."""
    return [
        (name, action.label)
        for name, action in ACTIONS.items()
        if comment.status in action.in_tools and action.applies(comment)
    ]


def queue_actions_for(comment: Comment) -> set[str]:
    """Return the names of what a case offers for its comment, whoever decides."""
    has_author = comment.author_id is not None
    return {
        name
        for name in IN_QUEUE
        if comment.status in ACTIONS[name].in_queue
        and (has_author or not ACTIONS[name].needs_author)
    }


def perform(comment: Comment, name: str, *, by: "User", **details: Any) -> ModerationAction | None:
    """Do one action with a comment; None where it no longer applies.

    `details` may hold more than the action takes, as a form does. Raises TooLarge for a split.
    """
    action = ACTIONS[name]
    arguments = {argument: details[argument] for argument in action.takes}
    return action.function(comment, by=by, **arguments)
