"""Tell people of a comment that appeared.

Each step can be repeated: a worker that dies in the middle of one leaves nothing out, and nobody is
told twice.
"""

from django.db import transaction
from django.utils import timezone

from forum import tasks
from forum.discussion.models.comment import Comment
from forum.notifications.audience import (
    Kinds,
    deliveries,
    directly_concerned,
    followers_of,
    mentioned_in,
    muting,
    targets_of,
)
from forum.notifications.models.kind import (
    EMAIL_DELAY,
    JOINED_WITHIN,
    Delivery,
    Kind,
    email_due_at,
)
from forum.notifications.models.notification import BATCH, Notification, lock_people


def comment_appeared(pk: int) -> None:
    """Tell everybody of a comment. It need not be visible any more: then nobody sees the
    notification before the comment is restored.
    """
    comment = _comment(pk)
    if comment:
        tell(comment, directly_concerned(comment))
        tell_followers(comment)


def tell_followers(comment: Comment, *, kind: str = "", after: int = 0) -> None:
    """Tell the next followers, the nearest first, and queue a task for those behind them."""
    targets = targets_of(comment)
    kinds = [each for each, _ in targets]
    first = kinds.index(Kind(kind)) if kind in kinds else 0
    for target, key in targets[first:]:
        people = followers_of(target, key, after=after, number=BATCH)
        tell(comment, dict.fromkeys(people, target))
        if len(people) == BATCH:
            tasks.tell_followers.enqueue(comment.pk, target.value, people[-1])
            return
        after = 0


def comment_edited(pk: int) -> None:
    """Tell people whom an edit named, and forget to have told those whom it names no more."""
    comment = _comment(pk)
    if comment:
        people = mentioned_in(comment)
        told = Notification.objects.filter(comment=comment, kind=Kind.MENTION)
        told.exclude(person__in=people).forget()
        tell(comment, dict.fromkeys(people, Kind.MENTION))


def tell(comment: Comment, kinds: Kinds) -> None:
    """Save a notification for each of these people who has none of this comment yet.

    It is counted in a second transaction, for the reason that the module of Notification gives.
    """
    people = deliveries(_others(comment, kinds))
    for muted in muting([*people], comment):
        del people[muted]
    if not people:
        return
    now = timezone.now()
    rows = [
        Notification(
            person_id=person,
            comment_id=comment.pk,
            kind=kinds[person],
            created_at=now,
            email_due_at=email_due_at(delivery, now),
        )
        for person, delivery in people.items()
    ]
    with transaction.atomic():
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
        if Delivery.AT_ONCE in people.values():
            tasks.queue_due_emails.using(run_after=now + EMAIL_DELAY + JOINED_WITHIN).enqueue()
    _count(comment, [*people])


@transaction.atomic
def _count(comment: Comment, people: list[int]) -> None:
    """Count the notifications, but not of those who muted the author or the thread meanwhile."""
    lock_people(people)
    rows = Notification.objects.filter(comment=comment, person__in=people)
    if muted := muting(people, comment):
        rows.filter(person__in=muted).update(is_muted=True)
    rows.recount()


def _others(comment: Comment, kinds: Kinds) -> Kinds:
    """Leave out the author, who hears only that the comment was published after a check."""
    return {
        person: kind
        for person, kind in kinds.items()
        if person != comment.author_id or kind == Kind.APPROVAL
    }


def _comment(pk: int) -> Comment | None:
    comments = Comment.objects.select_related("discussion__article", "parent")
    return comments.filter(pk=pk).first()
