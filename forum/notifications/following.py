"""Follow articles, passages, threads and topics; mute threads and people."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet

from articles.models.article import long_columns
from database.keyset import page_of
from forum.discussion.models.comment import Comment
from forum.notifications.models.notification import Notification, count_again, lock_people
from forum.notifications.models.subscription import Subscription
from forum.people.models.mute import Mute

if TYPE_CHECKING:
    from accounts.models import User

FOLLOWED_PER_PAGE = 30
MOST_FOLLOWED = 1000  # by one person; mutes are not counted


class FollowsTooMuch(Exception):
    pass


def follow(*, by: "User", **target: Any) -> None:
    """Follow one thing: article, passage, thread or topic. A muted thread is no longer muted.

    Raise FollowsTooMuch.
    """
    followed = Subscription.objects.filter(person=by, is_mute=False)
    if not followed.filter(**target).exists() and followed.count() >= MOST_FOLLOWED:
        raise FollowsTooMuch
    followed.get_or_create(person=by, is_mute=False, **target)
    if "thread" in target:
        unmute_thread(target["thread"], by=by)


def unfollow(*, by: "User", **target: Any) -> None:
    Subscription.objects.filter(person=by, is_mute=False, **target).delete()


@transaction.atomic
def mute_thread(thread: Comment, *, by: "User") -> None:
    """Tell the person of nothing in the thread, and hide what they were told of it."""
    lock_people([by.pk])
    Subscription.objects.get_or_create(person=by, thread=thread, is_mute=True)
    _hide(_in_thread(thread), by)


@transaction.atomic
def unmute_thread(thread: Comment, *, by: "User") -> None:
    """End the mute, and show what it hid, but nothing of people who are muted."""
    lock_people([by.pk])
    if Subscription.objects.filter(person=by, thread=thread, is_mute=True).delete()[0]:
        muted = Mute.objects.filter(person=by).values("muted")
        _show(_in_thread(thread).exclude(comment__author__in=muted), by)


@transaction.atomic
def mute_person(person: "User", *, by: "User") -> None:
    """Fold what somebody writes, tell `by` of none of it, and hide what they were told of it."""
    lock_people([by.pk])
    Mute.objects.get_or_create(person=by, muted=person)
    _hide(Notification.objects.filter(comment__author=person), by)


@transaction.atomic
def unmute_person(person: "User", *, by: "User") -> None:
    """End the mute, and show what it hid, but nothing in threads that are muted."""
    lock_people([by.pk])
    if Mute.objects.filter(person=by, muted=person).delete()[0]:
        muted = Subscription.objects.filter(person=by, is_mute=True).values("thread")
        in_muted = Q(comment__in=muted) | Q(comment__root__in=muted)
        theirs = Notification.objects.filter(comment__author=person)
        _show(theirs.exclude(pk__in=theirs.filter(in_muted).values("pk")), by)


def subscriptions_page(
    person: "User", *, after: int | None = None
) -> tuple[list[Subscription], int | None]:
    """Return what a person follows and which threads they muted, the latest first."""
    articles = {
        "article": "article",
        "passage": "passage__article",
        "thread": "thread__discussion__article",
    }
    texts = [column for path in articles.values() for column in long_columns(path)]
    rows = Subscription.objects.filter(person=person)
    rows = rows.select_related("topic", *articles.values()).defer(*texts)
    return page_of(rows, after=after, number=FOLLOWED_PER_PAGE)


def end_subscription(pk: int, *, by: "User") -> None:
    """End one of the person's subscriptions or mutes, even of something no longer public."""
    found = Subscription.objects.filter(person=by, pk=pk).select_related("thread").first()
    if found and found.thread and found.is_mute:
        unmute_thread(found.thread, by=by)
    elif found:
        found.delete()


def end_mute(pk: int, *, by: "User") -> None:
    found = Mute.objects.filter(person=by, pk=pk).select_related("muted").first()
    if found:
        unmute_person(found.muted, by=by)


def _in_thread(thread: Comment) -> "QuerySet[Notification]":
    return Notification.objects.filter(Q(comment=thread) | Q(comment__root=thread))


def _hide(rows: "QuerySet[Notification]", by: "User") -> None:
    keys = rows.filter(person=by, is_muted=False).values("pk")
    Notification.objects.filter(pk__in=keys).update(is_muted=True, is_counted=False)
    count_again(by.pk)


def _show(rows: "QuerySet[Notification]", by: "User") -> None:
    hidden = list(rows.filter(person=by, is_muted=True).values_list("pk", flat=True))
    again = Notification.objects.filter(pk__in=hidden)
    again.update(is_muted=False)
    again.recount()
