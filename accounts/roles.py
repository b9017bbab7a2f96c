"""The table of roles and their rights, which pages, the admin and commands ask.

Pure: it knows no database and no request. The facts come from accounts.rights and
forum.people.scope.
"""

from collections.abc import Container
from dataclasses import dataclass
from enum import Enum, auto

WHOLE_SITE = None  # as the topics that somebody moderates


class Reach(Enum):
    """The scope that a moderator needs for an act. Administrators need none."""

    TOPIC = auto()  # the topic it is in, or the whole site
    SITE = auto()  # the whole site
    NOTHING = auto()  # does not help: it takes the permission


class Refused(Enum):
    SIGNED_OUT = auto()
    SANCTIONED = auto()
    ABOUT_ONESELF = auto()
    ABOUT_SOMEBODY_WITH_RIGHTS = auto()
    NOT_THEIRS = auto()


@dataclass(frozen=True)
class Actor:
    """The person who wants to act, with their rights."""

    key: int | None = None  # None: signed out
    is_administrator: bool = False
    is_sanctioned: bool = False  # silenced, suspended or banned
    topics: frozenset[int] | None = frozenset()  # that they moderate, or WHOLE_SITE
    permissions: Container[str] = ()


@dataclass(frozen=True)
class Subject:
    """The person or thing that is acted on."""

    person: int | None = (
        None  # whom it concerns: the author of the comment, the owner of the account
    )
    has_rights: bool = False  # that person uses the admin, or (for their account) moderates
    topic: int | None = None  # where it is


@dataclass(frozen=True)
class Row:
    reach: Reach
    permission: str = ""  # that allows it as well
    to_oneself: bool = False
    needs_more_rights: bool = False  # than the person whom it concerns
    while_sanctioned: bool = False


COMMENT = Row(Reach.TOPIC, "forum.change_comment")
DISCUSSION = Row(Reach.TOPIC, "forum.change_discussion")
PERSON = Row(Reach.SITE, "forum.add_sanction", needs_more_rights=True)
ADMINISTRATORS = Row(Reach.NOTHING, to_oneself=True, while_sanctioned=True)

TABLE: dict[str, Row] = {
    # Decisions: the kinds of ModerationAction.
    **dict.fromkeys(["hold", "approve", "remove", "erase", "edit", "restore", "refuse"], COMMENT),
    **dict.fromkeys(["pin", "unpin", "pick", "unpick", "split", "join"], COMMENT),
    **dict.fromkeys(["close", "reopen", "slow"], DISCUSSION),
    "warn": Row(Reach.TOPIC, "forum.change_comment", needs_more_rights=True),
    "withdraw_warning": COMMENT,
    **dict.fromkeys(["warn_person", "silence", "suspend", "ban", "lift"], PERSON),
    **dict.fromkeys(["uphold", "reject"], COMMENT),
    "name_moderator": ADMINISTRATORS,
    # Accounts.
    "change_person": Row(Reach.NOTHING, "accounts.change_user", True, needs_more_rights=True),
    "delete_person": Row(Reach.NOTHING, "accounts.delete_user", True, needs_more_rights=True),
    "give_rights": ADMINISTRATORS,
    "recover_account": Row(Reach.NOTHING),
    # Articles. Who may write one has only their own drafts.
    "write_article": Row(Reach.NOTHING, "articles.add_article", to_oneself=True),
    "edit_article": Row(Reach.NOTHING, "articles.change_article", to_oneself=True),
    "settle": Row(Reach.NOTHING, "articles.change_article", to_oneself=True),
    "delete_article": Row(Reach.NOTHING, "articles.delete_article", to_oneself=True),
    "change_site": ADMINISTRATORS,
    "remove_sample": ADMINISTRATORS,
}


def refusal(act: str, actor: Actor, subject: Subject) -> Refused | None:
    """Return why the actor may not do this; None if they may."""
    row = TABLE[act]
    if actor.key is None:
        return Refused.SIGNED_OUT
    if actor.is_sanctioned and not row.while_sanctioned:
        return Refused.SANCTIONED
    if subject.person == actor.key:
        if not row.to_oneself:
            return Refused.ABOUT_ONESELF
    elif row.needs_more_rights and subject.has_rights and not actor.is_administrator:
        return Refused.ABOUT_SOMEBODY_WITH_RIGHTS
    allowed = (
        actor.is_administrator
        or row.permission in actor.permissions
        or _reaches(row, actor, subject)
    )
    return None if allowed else Refused.NOT_THEIRS


def _reaches(row: Row, actor: Actor, subject: Subject) -> bool:
    if row.reach is Reach.NOTHING or actor.topics is WHOLE_SITE:
        return row.reach is not Reach.NOTHING
    return row.reach is Reach.TOPIC and subject.topic in actor.topics
