"""The topics that a person moderates, and the rights that the table
of roles (accounts.roles) gives them over decisions in the forum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.rights import NotAllowed, actor, demand
from accounts.roles import WHOLE_SITE, Actor, Subject, refusal
from forum.people.models.moderator import Moderator, moderates_everything
from forum.people.models.sanction import Sanction

if TYPE_CHECKING:
    from accounts.models import User

NOT_IN_SCOPE = _("You do not moderate this topic.")
# The decisions that a page offers beside a comment.
OF_COMMENTS = ("approve", "remove", "erase", "edit", "hold", "warn", "suspend")


@dataclass(frozen=True)
class ModeratorScope:
    """The part of the site that a person moderates: some topics, or all of it."""

    topics: frozenset[int] | None  # their keys; None: the whole site

    @property
    def is_site_wide(self) -> bool:
        return self.topics is None

    def includes(self, topic: int | None) -> bool:
        return self.topics is None or topic in self.topics


SITE_WIDE = ModeratorScope(None)


def scope_of(person: Any) -> ModeratorScope | None:
    """Return the scope of a moderator; None if the person moderates nothing."""
    actor = moderator(person)
    if actor.is_sanctioned or actor.topics == frozenset():
        return None
    return ModeratorScope(actor.topics)


def require_scope(scope: ModeratorScope, topic: int | None) -> None:
    """Raise PermissionDenied unless the topic is within the scope."""
    if not scope.includes(topic):
        raise PermissionDenied(NOT_IN_SCOPE)


def demand_decision(
    kind: str,
    by: Any,
    *,
    comment: Any = None,
    discussion: Any = None,
    person: "User | None" = None,
) -> None:
    """Raise NotAllowed unless this person may decide so about a comment, a discussion or a
    person.
    """
    who = moderator(by)
    concerned = person or (comment.author if comment else None)
    topic = None if who.topics is WHOLE_SITE else _topic(comment, discussion)
    demand(_act(kind, comment), who, _subject(concerned, topic))


def demand_decision_now(kind: str, by: "User", **about: Any) -> None:
    """Raise NotAllowed unless the person's present rights, read anew, allow the decision.

    The rights may have been lost while the request waited for a lock.
    """
    person = get_user_model().objects.filter(pk=by.pk, is_active=True).first()
    demand_decision(kind, person or AnonymousUser(), **about)


def allows_decision(kind: str, by: Any, **about: Any) -> bool:
    """Return whether this person may decide so."""
    try:
        demand_decision(kind, by, **about)
    except NotAllowed:
        return False
    return True


def allowed_decisions(
    by: Any, comment: Any, kinds: Iterable[str], *, topics: frozenset[int] | None
) -> set[str]:
    """Return which of these decisions a moderator of the topics may take; runs no query."""
    decider = actor(by, topics=topics)
    subject = _subject(comment.author, _topic(comment, None))
    return {kind for kind in kinds if refusal(kind, decider, subject) is None}


def demand_undo(action: Any, by: Any) -> None:
    """Raise NotAllowed unless this person may undo the decision."""
    if action.takes_away == "right":
        demand_decision("lift", by, person=action.person)
    else:
        kind = "lift" if action.kind == action.Kind.WARN else "restore"
        demand_decision(
            kind, by, comment=action.comment, discussion=action.discussion, person=action.person
        )


def moderator(user: Any) -> Actor:
    """Return the facts about somebody who decides."""
    if not user.is_authenticated:
        return Actor()
    is_sanctioned = Sanction.objects.of(user) is not None
    return actor(user, is_sanctioned=is_sanctioned, topics=topics_of(user))


def topics_of(user: Any) -> frozenset[int] | None:
    """Return the keys of the topics that somebody moderates, or WHOLE_SITE."""
    if moderates_everything(user):
        return WHOLE_SITE
    topics = Moderator.objects.of(user).values_list("topic", flat=True)
    return WHOLE_SITE if None in topics else frozenset(topic for topic in topics if topic)


def _act(kind: str, comment: Any) -> str:
    """Return the row of the table: a warning belongs to its topic only
    where it is about a comment.
    """
    if kind == "warn" and comment is None:
        return "warn_person"
    return "withdraw_warning" if kind == "lift" and comment else kind


def _subject(concerned: "User | None", topic: int | None) -> Subject:
    has_rights = concerned is not None and (concerned.is_staff or concerned.is_superuser)
    return Subject(concerned.pk if concerned else None, has_rights, topic)


def _topic(comment: Any, discussion: Any) -> int | None:
    where = comment.discussion if comment else discussion
    return where.article.topic_id if where else None
