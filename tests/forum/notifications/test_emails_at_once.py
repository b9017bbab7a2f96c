"""Workers that look for due emails in the same moment email nobody twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, Notification, NotificationSettings, Subscription
from forum.notifications import due, followers, summary
from forum.posting.post import post_comment
from tests.forum.notifications.test_counts_at_once import at_once
from tests.forum.notifications.test_summary import wait

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4
PEOPLE = 10


def queued() -> int:
    return DBTaskResult.objects.filter(task_path="mail.delivery.deliver").count()


def test_each_notification_is_claimed_by_one_worker(
    article: Article,
    reader: User,
    crowd: Callable[[int], list[User]],
    run_tasks: Callable[[], None],
) -> None:
    people = crowd(PEOPLE)
    Subscription.objects.bulk_create(Subscription(person=each, article=article) for each in people)
    NotificationSettings.objects.bulk_create(
        NotificationSettings(person=each, followed="at_once") for each in people
    )
    post_comment(Discussion.objects.of(article), by=reader, body="It turns.", key="k")
    run_tasks()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        at_once([due.queue_due_emails] * WORKERS)
    assert queued() == Notification.objects.filter(emailed_at__isnull=False).count() == PEOPLE


def test_each_address_gets_one_daily_email(
    article: Article, say: Callable[..., Comment], run_tasks: Callable[[], None]
) -> None:
    now = timezone.now()
    Subscription.objects.bulk_create(
        Subscription(article=article, email=f"f{n}@example.com", confirmed_at=now, told_until=now)
        for n in range(PEOPLE)
    )
    with time_machine.travel(now + timedelta(hours=1)):
        say("It turns.")
    run_tasks()
    with time_machine.travel(now + timedelta(days=2)):
        at_once([followers.queue_due_emails] * WORKERS)
    assert queued() == PEOPLE


def test_each_moderator_gets_one_summary(
    say: Callable[..., Comment], moderator: User, run_tasks: Callable[[], None]
) -> None:
    wait(say("It turns."), hours=1)
    run_tasks()
    before = queued()
    at_once([summary.queue_due_emails] * WORKERS)
    assert queued() - before == 1


def test_an_address_that_asks_twice_at_once_is_one_follower(article: Article) -> None:
    at_once([lambda: followers.ask_to_confirm(article, "eilidh@example.com")] * WORKERS)
    assert Subscription.objects.count() == 1
