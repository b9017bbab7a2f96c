"""People are told of a comment once, for the strongest reason."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from articles.models import Article
from forum.models import (
    Comment,
    Discussion,
    Mute,
    Notification,
    NotificationSettings,
    Policy,
    Subscription,
)
from forum.moderation import decisions
from forum.notifications import fan_out
from forum.notifications.models import notification
from forum.posting.edit import delete_comment, edit_comment, undelete_comment
from forum.posting.post import post_comment
from tests.forum.notifications.conftest import Told, drift, follow, unread_count

Say = Callable[..., Comment]
Crowd = Callable[[int], list[User]]


def test_a_reply_tells_the_author_of_the_parent(
    say: Say, told: Told, reader: User, other_reader: User
) -> None:
    say("No, it does not.", parent=say("It turns."), by=other_reader)
    assert told() == [("Ines Okafor", "reply")]
    assert unread_count(reader) == 1
    assert drift() == []


def test_a_mention_tells_the_person_named(say: Say, told: Told, other_reader: User) -> None:
    say("Ask @Tomas Reyle about it.")
    assert told() == [("Tomas Reyle", "mention")]


def test_nobody_is_told_of_their_own_comment(say: Say, told: Told, reader: User) -> None:
    head = say("It turns, says @Ines Okafor.")
    follow(reader, thread=head)
    say("I mean it.", parent=head)
    assert told() == []


@pytest.mark.parametrize("target", ["thread", "article", "topic"])
def test_followers_are_told_of_a_new_comment(
    target: str, say: Say, told: Told, article: Article, other_reader: User
) -> None:
    head = say("It turns.")
    things = {"thread": head, "article": article, "topic": article.topic}
    follow(other_reader, **{target: things[target]})
    told()
    Notification.objects.all().delete()
    say("It does.", parent=head)
    assert told() == [("Tomas Reyle", target)]


def test_followers_of_a_passage_are_told_of_comments_about_it(
    told: Told, article: Article, discussion: Discussion, reader: User, other_reader: User
) -> None:
    passage, other = article.passages.all()[:2]
    follow(other_reader, passage=passage)
    for about in (passage, other):
        post_comment(discussion, by=reader, body="Why?", key=uuid4().hex, passage=about)
    assert told() == [("Tomas Reyle", "passage")]


def test_somebody_concerned_in_many_ways_is_told_once_for_the_strongest_reason(
    say: Say, told: Told, article: Article, reader: User, other_reader: User
) -> None:
    head = say("It turns.", by=other_reader)
    follow(other_reader, thread=head)
    follow(other_reader, article=article)
    follow(other_reader, topic=article.topic)
    say("Are you sure, @Tomas Reyle?", parent=head, by=reader)
    assert told() == [("Tomas Reyle", "reply")]
    assert unread_count(other_reader) == 1


def test_closed_accounts_are_not_told(say: Say, told: Told, other_reader: User) -> None:
    head = say("It turns.", by=other_reader)
    User.objects.filter(pk=other_reader.pk).update(is_active=False)
    say("It does.", parent=head)
    assert told() == []


def test_whoever_muted_the_author_is_not_told(
    say: Say, told: Told, reader: User, other_reader: User
) -> None:
    Mute.objects.create(person=other_reader, muted=reader)
    say("No.", parent=say("It turns.", by=other_reader), by=reader)
    assert told() == []


def test_whoever_muted_the_thread_is_told_of_nothing_in_it(
    say: Say, told: Told, article: Article, other_reader: User
) -> None:
    head = say("It turns.", by=other_reader)
    follow(other_reader, thread=head, is_mute=True)
    follow(other_reader, article=article)
    say("Does it, @Tomas Reyle?", parent=head)
    assert told() == []


def test_a_held_comment_tells_when_it_is_approved_and_its_author_too(
    told: Told, say: Say, discussion: Discussion, moderator: User, other_reader: User, reader: User
) -> None:
    parent = say("It turns.", by=other_reader)
    Policy.objects.create(mode=Policy.Mode.BEFORE)
    comment = post_comment(discussion, by=reader, body="No.", parent=parent, key="k")
    assert told() == []
    decisions.approve(comment, by=moderator)
    assert told() == [("Ines Okafor", "approval"), ("Tomas Reyle", "reply")]
    assert drift() == []


def test_a_redaction_that_publishes_is_told_as_a_decision_alone(
    told: Told, discussion: Discussion, moderator: User, reader: User
) -> None:
    Policy.objects.create(mode=Policy.Mode.BEFORE)
    comment = post_comment(discussion, by=reader, body="You fool.", key="k")
    decisions.edit_out(comment, by=moderator, body="You …", reason="unkind")
    DBTaskResult.objects.update(run_after=timezone.now())
    assert told() == [("Ines Okafor", "decision")]


def test_imported_comments_tell_nobody(
    told: Told, say: Say, discussion: Discussion, reader: User, other_reader: User, moderator: User
) -> None:
    now = timezone.now()
    comment = post_comment(
        discussion,
        by=reader,
        body="Old words for @Tomas Reyle.",
        parent=say("It turns.", by=other_reader),
        key="k",
        at=now,
        imported_at=now,
    )
    decisions.remove(comment, by=moderator, reason="spam")
    decisions.restore(comment, by=moderator)
    assert told() == []


def test_a_comment_that_appears_again_tells_nobody_again(
    say: Say, told: Told, other_reader: User, article: Article
) -> None:
    comment = say("No.", parent=say("It turns.", by=other_reader))
    told()
    follow(other_reader, article=article)
    Notification.objects.update(emailed_at=timezone.now(), email_due_at=None)
    delete_comment(comment)
    undelete_comment(comment)
    assert told() == [("Tomas Reyle", "reply")]
    assert Notification.objects.get().email_due_at is None
    queued = DBTaskResult.objects.filter(task_path="forum.tasks.comment_appeared")
    assert len({str(task.args_kwargs) for task in queued}) == queued.count()


def test_a_repeated_task_tells_nobody_twice(say: Say, told: Told, other_reader: User) -> None:
    comment = say("No.", parent=say("It turns.", by=other_reader))
    told()
    fan_out.comment_appeared(comment.pk)
    assert told() == [("Tomas Reyle", "reply")]
    assert unread_count(other_reader) == 1


def test_a_comment_that_is_deleted_before_the_task_runs_tells_nobody(told: Told, db: None) -> None:
    fan_out.comment_appeared(404)
    assert told() == []


def test_an_edit_tells_whom_it_names_and_forgets_whom_it_names_no_more(
    say: Say, told: Told, author: User, other_reader: User
) -> None:
    comment = say("Ask @Tomas Reyle.")
    assert told() == [("Tomas Reyle", "mention")]
    edit_comment(comment, body="Ask @Maren Holt.")
    assert told() == [("Maren Holt", "mention")]
    assert (unread_count(other_reader), unread_count(author)) == (0, 1)
    assert drift() == []


def test_followers_are_told_in_batches(
    say: Say, told: Told, article: Article, crowd: Crowd, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (fan_out, notification):
        monkeypatch.setattr(module, "BATCH", 3)
    people = crowd(8)
    Subscription.objects.bulk_create(Subscription(person=each, article=article) for each in people)
    say("It turns.")
    assert len(told()) == 8
    batches = DBTaskResult.objects.filter(task_path="forum.tasks.tell_followers")
    assert batches.count() == 2
    assert {unread_count(person) for person in people} == {1}
    assert drift() == []


def test_a_removal_between_two_batches_hides_what_was_told_and_what_is_told_later(
    say: Say,
    told: Told,
    article: Article,
    crowd: Crowd,
    moderator: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in (fan_out, notification):
        monkeypatch.setattr(module, "BATCH", 3)
    people = crowd(8)
    Subscription.objects.bulk_create(Subscription(person=each, article=article) for each in people)
    comment = say("Buy my tides.")
    fan_out.comment_appeared(comment.pk)
    assert sum(map(unread_count, people)) == 3
    decisions.remove(comment, by=moderator, reason="spam")
    assert len(told()) == 8
    assert {unread_count(person) for person in people} == {0}
    assert drift() == []
    decisions.restore(Comment.objects.get(pk=comment.pk), by=moderator)
    told()
    assert {unread_count(person) for person in people} == {1}
    assert drift() == []


@pytest.mark.parametrize(
    ("delivery", "is_due"),
    [("at_once", True), ("daily", True), ("weekly", True), ("never", False)],
)
def test_an_email_is_due_as_the_person_chose(
    delivery: str, is_due: bool, say: Say, told: Told, other_reader: User
) -> None:
    NotificationSettings.objects.create(person=other_reader, replies=delivery)
    say("No.", parent=say("It turns.", by=other_reader))
    told()
    assert (Notification.objects.get().email_due_at is not None) is is_due


def test_posting_costs_one_statement_more_however_many_follow(
    say: Say, article: Article, crowd: Crowd, django_assert_num_queries: Any
) -> None:
    say("It turns.")
    with django_assert_num_queries(7):
        say("It does.")
    Subscription.objects.bulk_create(
        Subscription(person=each, article=article) for each in crowd(30)
    )
    with django_assert_num_queries(7):
        say("It still does.")
