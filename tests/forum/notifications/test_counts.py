"""The count of unread notifications is what the person may see, whatever happens meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from forum.maintenance import integrity
from forum.maintenance.deletion import delete_article
from forum.models import Comment, Notification
from forum.moderation import decisions
from forum.notifications.models.notification import KEPT
from forum.posting.edit import delete_comment, undelete_comment
from privacy.requests import delete_now
from tests.forum.notifications.conftest import Listed, Told, drift, unread_count

Say = Callable[..., Comment]
Later = Callable[[], None]


@pytest.fixture
def reply(say: Say, told: Told, other_reader: User) -> Comment:
    """A reply to the other reader, who has been told of it."""
    reply = say("No.", parent=say("It turns.", by=other_reader))
    told()
    return reply


def test_a_hidden_comment_leaves_list_and_count_and_comes_back(
    reply: Comment, listed: Listed, other_reader: User
) -> None:
    delete_comment(reply)
    assert (listed(other_reader), unread_count(other_reader)) == ([], 0)
    undelete_comment(reply)
    assert (listed(other_reader), unread_count(other_reader)) == (["reply"], 1)


@pytest.mark.django_db(transaction=True)
def test_the_count_follows_a_removal_before_any_worker_runs(
    reply: Comment, moderator: User, other_reader: User
) -> None:
    decisions.remove(reply, by=moderator, reason="spam")
    assert unread_count(other_reader) == 0
    decisions.restore(Comment.objects.get(pk=reply.pk), by=moderator)
    assert unread_count(other_reader) == 1


def test_a_read_notification_comes_back_read(
    reply: Comment, listed: Listed, other_reader: User
) -> None:
    Notification.objects.mark_read(by=other_reader)
    delete_comment(reply)
    undelete_comment(reply)
    assert (listed(other_reader), unread_count(other_reader)) == (["reply"], 0)
    assert drift() == []


def test_what_is_hidden_is_not_marked_as_read(
    reply: Comment, told: Told, other_reader: User
) -> None:
    delete_comment(reply)
    assert Notification.objects.mark_read(by=other_reader) == 0
    undelete_comment(reply)
    told()
    assert unread_count(other_reader) == 1


def test_marking_twice_counts_once(
    reply: Comment, say: Say, told: Told, other_reader: User
) -> None:
    say("Never.", parent=reply.parent)
    told()
    one = Notification.objects.filter(comment=reply)
    assert [one.mark_read(by=other_reader), one.mark_read(by=other_reader)] == [1, 0]
    assert unread_count(other_reader) == 1


def test_nobody_marks_what_is_somebody_elses(
    reply: Comment, reader: User, other_reader: User
) -> None:
    assert Notification.objects.mark_read(by=reader) == 0
    assert unread_count(other_reader) == 1


@pytest.mark.parametrize("way", ["save", "update"])
def test_a_withdrawn_article_leaves_list_and_count_and_comes_back(
    way: str, reply: Comment, listed: Listed, article: Article, other_reader: User
) -> None:
    for status, shown in ((Article.Status.DRAFT, []), (Article.Status.PUBLISHED, ["reply"])):
        if way == "update":
            Article.objects.filter(pk=article.pk).update(status=status)
        else:
            article.status = status
            article.save()
        assert (listed(other_reader), unread_count(other_reader)) == (shown, len(shown))
    assert drift() == []


def test_an_article_that_is_scheduled_anew_comes_back_at_its_time(
    reply: Comment, listed: Listed, article: Article, other_reader: User, time_machine: Any
) -> None:
    article.published_at = timezone.now() + timedelta(hours=1)
    article.save()
    assert (listed(other_reader), unread_count(other_reader)) == ([], 0)
    time_machine.move_to(timezone.now() + timedelta(hours=2))
    assert (listed(other_reader), unread_count(other_reader)) == (["reply"], 1)


def test_saving_the_person_leaves_the_count_alone(reply: Comment, other_reader: User) -> None:
    other_reader.username = "Tomas R."  # an object from before the reply
    other_reader.save()
    assert unread_count(other_reader) == 1


def test_a_deleted_article_takes_its_notifications_along(
    reply: Comment, article: Article, moderator: User, other_reader: User
) -> None:
    delete_article(article, by=moderator)
    assert (Notification.objects.count(), unread_count(other_reader)) == (0, 0)


def test_the_reply_of_a_deleted_account_stays_counted(
    reply: Comment, reader: User, moderator: User, listed: Listed, other_reader: User
) -> None:
    delete_now(reader, by=moderator)
    assert (listed(other_reader), unread_count(other_reader)) == (["reply"], 1)
    assert drift() == []


@pytest.mark.parametrize("what", ["flag", "count"])
def test_drift_is_found_and_repaired(what: str, reply: Comment, other_reader: User) -> None:
    if what == "flag":
        Notification.objects.update(is_counted=False)
    User.objects.filter(pk=other_reader.pk).update(unread_count=7 if what == "count" else 0)
    assert len(drift()) == 1
    assert len(list(integrity.check(repair=True, progress=lambda _: None))) == 1
    assert (unread_count(other_reader), drift()) == (1, [])


def test_old_notifications_expire_with_their_count(
    reply: Comment, say: Say, told: Told, other_reader: User
) -> None:
    Notification.objects.update(created_at=timezone.now() - KEPT - timedelta(days=1))
    say("Never.", parent=reply.parent)
    told()
    Notification.objects.expire()
    assert Notification.objects.count() == unread_count(other_reader) == 1
