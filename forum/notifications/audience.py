"""Find out who is told of a comment, and why."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model

from forum.discussion.models.comment import Comment
from forum.discussion.rendering.references import names_in
from forum.log.models.action import ModerationAction
from forum.notifications.models.kind import Kind
from forum.notifications.models.settings import SETTING_OF, default_delivery
from forum.notifications.models.subscription import Subscription
from forum.people.models.mute import Mute

if TYPE_CHECKING:
    pass

Kinds = dict[int, Kind]  # why each person is told


def directly_concerned(comment: Comment) -> Kinds:
    """Return the people whom a comment concerns in person. The strongest reason comes last."""
    kinds: Kinds = dict.fromkeys(mentioned_in(comment), Kind.MENTION)
    if comment.parent and comment.parent.author_id:
        kinds[comment.parent.author_id] = Kind.REPLY
    kinds.pop(comment.author_id or 0, None)
    if comment.author_id and was_approved(comment):
        kinds[comment.author_id] = Kind.APPROVAL
    return kinds


def mentioned_in(comment: Comment) -> set[int]:
    return {*names_in(comment.html).values()} - {comment.author_id or 0}


def was_approved(comment: Comment) -> bool:
    """Return True if a moderator published a comment that waited. A redaction that published it
    is told as such.
    """
    if comment.status_at is None:
        return False
    publishing = [ModerationAction.Kind.APPROVE, ModerationAction.Kind.RESTORE]
    return comment.moderation_actions.filter(kind__in=publishing).exists()


def targets_of(comment: Comment) -> list[tuple[Kind, int]]:
    """Return what people may follow to be told of the comment, the nearest first."""
    article = comment.discussion.article
    targets = [
        (Kind.THREAD, comment.root_id),
        (Kind.PASSAGE, comment.passage_id),
        (Kind.ARTICLE, article.pk),
        (Kind.TOPIC, article.topic_id),
    ]
    return [(kind, key) for kind, key in targets if key]


def followers_of(kind: Kind, key: int, *, after: int, number: int) -> list[int]:
    """Return so many people who follow something, behind one of them."""
    rows = Subscription.objects.filter(**{kind: key}, is_mute=False, person__gt=after)
    return list(rows.order_by("person").values_list("person", flat=True)[:number])


def muting(people: "list[int]", comment: Comment) -> set[int]:
    """Return those of the people who muted the author of the comment or its thread."""
    authors = Mute.objects.filter(person__in=people, muted=comment.author_id).order_by()
    thread = comment.root_id or comment.pk
    threads = Subscription.objects.filter(person__in=people, thread=thread, is_mute=True).order_by()
    return {*authors.values_list("person", flat=True).union(threads.values_list("person"))}


def deliveries(kinds: Kinds) -> dict[int, str]:
    """Return the people who have an active account, and when each wants an email."""
    settings = {name: f"notification_settings__{name}" for name in {*SETTING_OF.values()}}
    people: Any = get_user_model().objects.filter(pk__in=kinds, is_active=True).order_by()
    chosen: dict[int, str] = {}
    for row in people.values("pk", *settings.values()):
        kind = kinds[row["pk"]]
        setting = SETTING_OF.get(kind)
        chosen[row["pk"]] = (setting and row[settings[setting]]) or default_delivery(kind)
    return chosen
