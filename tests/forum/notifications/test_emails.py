"""People are emailed of comments once, a few minutes later, and only of what readers still see."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, Mute, Notification, NotificationSettings, Policy
from forum.moderation import decisions
from forum.notifications import due
from forum.posting.post import post_comment
from tests.forum.notifications.conftest import drift, follow
from tests.mail import text_of

Say = Callable[..., Comment]
Later = Callable[..., list[EmailMessage]]

SOON = timedelta(minutes=4, seconds=59)
IN_TIME = timedelta(minutes=6)


def html_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("html",)).get_content())


def test_a_reply_is_emailed_after_five_minutes_and_before_six(
    say: Say, later: Later, other_reader: User
) -> None:
    parent = say("It turns.\n\nAlways, and at night as well.")
    say("No, it **does** not. See [this](/help/).", parent=parent, by=other_reader)
    assert later(SOON) == []
    [email] = later(IN_TIME)
    assert email["To"] == "ines@example.com"
    assert email["Subject"] == "Tomas Reyle replied: Why high tide comes later"
    for text in (text_of(email), html_of(email)):
        assert "Tomas Reyle replied to you in “Why high tide comes later”:" in text
        assert "Always, and at night as well." in text
        assert text.count("http://localhost:8000/comments/") >= 1
        assert "/notifications/mute/" in text
        assert "/notifications/unsubscribe/" in text
    assert "No, it **does** not." in text_of(email)
    assert "<strong>does</strong>" in html_of(email)
    assert 'href="http://localhost:8000/help/"' in html_of(email)


def test_the_headers_say_what_it_belongs_to_and_how_to_leave(
    say: Say, later: Later, other_reader: User, article: Article
) -> None:
    parent = say("It turns.")
    say("No.", parent=parent, by=other_reader)
    [email] = later()
    told = Notification.objects.get()
    assert email["Message-ID"] == f"<notification-{told.pk}@localhost>"
    assert email["List-Id"] == f"<article-{article.pk}.localhost>"
    thread = f"<thread-{parent.pk}@localhost>"
    assert email["References"].split() == [f"<article-{article.pk}@localhost>", thread]
    assert email["In-Reply-To"] == thread
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = email["List-Unsubscribe"].strip()
    assert leave.startswith("<http://localhost:8000/notifications/unsubscribe/")
    assert email["Auto-Submitted"] == "auto-generated"


def test_each_notification_is_emailed_once(say: Say, later: Later, other_reader: User) -> None:
    say("No.", parent=say("It turns."), by=other_reader)
    assert len(later()) == 1
    due.queue_due_emails()
    assert len(later(timedelta(days=2))) == 1
    told = Notification.objects.get()
    assert (told.email_due_at, told.emailed_at is not None) == (None, True)
    assert drift() == []


def test_a_burst_is_one_email(say: Say, later: Later, other_reader: User) -> None:
    parent = say("It turns.")
    for words in ("One.", "Two.", "Three."):
        say(words, parent=parent, by=other_reader)
    [email] = later()
    assert email["Subject"] == "3 replies: Why high tide comes later"
    assert [word for word in ("One.", "Two.", "Three.") if word in text_of(email)] == [
        "One.",
        "Two.",
        "Three.",
    ]


def test_replies_in_two_articles_are_two_emails(
    say: Say, later: Later, reader: User, other_reader: User, topic: Any, author: User
) -> None:
    from articles.writing import render_and_save

    other = Article(topic=topic, author=author, title="Waves", slug="waves", body="Blow.")
    other.status = Article.Status.PUBLISHED
    render_and_save(other)
    there = Discussion.objects.of(other)
    parent = post_comment(there, by=reader, body="It blows.", key="p", at=timezone.now())
    post_comment(there, by=other_reader, body="Hard.", key="r", parent=parent, at=timezone.now())
    say("No.", parent=say("It turns."), by=other_reader)
    assert len(later()) == 2


def test_one_worker_is_told_at_the_time_by_a_stored_task(
    say: Say, run_tasks: Callable[[], None], other_reader: User
) -> None:
    say("No.", parent=say("It turns."), by=other_reader)
    run_tasks()
    tasks = DBTaskResult.objects.filter(task_path="forum.tasks.queue_due_emails")
    assert tasks.filter(run_after__gt=timezone.now() + timedelta(minutes=5)).count() == 1


# --- The kinds ---


def test_a_mention_a_followed_thread_and_an_approval_have_their_own_words(
    say: Say,
    later: Later,
    run_tasks: Callable[[], None],
    discussion: Discussion,
    reader: User,
    other_reader: User,
    moderator: User,
) -> None:
    NotificationSettings.objects.create(person=moderator, followed="at_once")
    parent = say("It turns.", by=moderator)
    follow(moderator, thread=parent)
    say("Ask @Tomas Reyle about it.", parent=say("Why?", parent=parent))
    Policy.objects.create(mode=Policy.Mode.BEFORE)
    held = post_comment(discussion, by=other_reader, body="At last.", key="k")
    decisions.approve(held, by=moderator)
    subjects = {(mail["To"], mail["Subject"]) for mail in later()}
    assert ("tomas@example.com", "2 new comments: Why high tide comes later") in subjects
    assert ("olwen@example.com", "2 new comments: Why high tide comes later") in subjects


def test_followers_get_a_daily_email_unless_they_chose_otherwise(
    say: Say, later: Later, article: Article, other_reader: User
) -> None:
    follow(other_reader, article=article)
    say("It turns.")
    assert later() == []
    [email] = later(timedelta(days=1))
    assert email["Subject"] == "1 notification from Parley"
    assert "It turns." in text_of(email)


def test_muted_people_are_not_in_it(
    say: Say, later: Later, reader: User, other_reader: User
) -> None:
    say("No.", parent=say("It turns."), by=other_reader)
    Mute.objects.create(person=reader, muted=other_reader)
    assert later() == []


def test_one_person_that_fails_does_not_stop_the_others(
    say: Say,
    later: Later,
    reader: User,
    other_reader: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    say("Ask @Ines Okafor.", by=other_reader)
    say("Ask @Tomas Reyle.", by=reader)
    real = due.queue_emails_of

    def queue(person: int) -> None:
        if person == reader.pk:
            raise ZeroDivisionError
        real(person)

    monkeypatch.setattr(due, "queue_emails_of", queue)
    assert [mail["To"] for mail in later()] == ["tomas@example.com"]


def test_queueing_costs_the_same_for_one_notification_and_for_ten(
    say: Say,
    run_tasks: Callable[[], None],
    reader: User,
    other_reader: User,
    django_assert_num_queries: Any,
) -> None:
    parent = say("It turns.")
    for number in range(10):
        say(f"Reply {number}.", parent=parent, by=other_reader)
    run_tasks()
    with time_machine.travel(timezone.now() + IN_TIME), django_assert_num_queries(9):
        due.queue_emails_of(reader.pk)
