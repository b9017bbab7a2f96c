"""Who moderates what, and what the table of roles (accounts.roles) says of decisions in the forum."""

from typing import TYPE_CHECKING, Any

from accounts.rights import NotAllowed, actor, demand
from accounts.roles import WHOLE_SITE, Actor, Subject
from forum.models.moderator import Moderator, moderates_everything
from forum.models.sanction import Sanction

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models.comment import Comment
    from forum.models.discussion import Discussion
    from forum.models.moderation import ModerationAction


def demand_decision(
    kind: str,
    by: Any,
    *,
    comment: "Comment | None" = None,
    discussion: "Discussion | None" = None,
    person: "User | None" = None,
) -> None:
    """Raise NotAllowed unless this person may decide so about a comment, a discussion or a person."""
    who = moderator(by)
    concerned = person or (comment.author if comment else None)
    has_rights = concerned is not None and (concerned.is_staff or concerned.is_superuser)
    topic = None if who.topics is WHOLE_SITE else _topic(comment, discussion)
    demand(_act(kind, comment), who, Subject(concerned.pk if concerned else None, has_rights, topic))


def allows_decision(kind: str, by: Any, **about: Any) -> bool:
    """Return whether this person may decide so."""
    try:
        demand_decision(kind, by, **about)
    except NotAllowed:
        return False
    return True


def demand_undo(action: "ModerationAction", by: Any) -> None:
    """Raise NotAllowed unless this person may take the decision back."""
    if action.takes_away == "right":
        demand_decision("lift", by, person=action.person)
    else:
        kind = "lift" if action.kind == action.Kind.WARN else "restore"
        demand_decision(kind, by, comment=action.comment, discussion=action.discussion, person=action.person)


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


def _act(kind: str, comment: "Comment | None") -> str:
    """Return the row of the table: a warning belongs to its topic only where it is about a comment."""
    if kind == "warn" and comment is None:
        return "warn_person"
    return "withdraw_warning" if kind == "lift" and comment else kind


def _topic(comment: "Comment | None", discussion: "Discussion | None") -> int | None:
    where = comment.discussion if comment else discussion
    return where.article.topic_id if where else None
