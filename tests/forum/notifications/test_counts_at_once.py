"""Counts stay right when people write, read and moderate in the same moment."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, Notification, Subscription
from forum.moderation import decisions
from forum.notifications import fan_out
from forum.notifications.models import notification
from forum.posting.post import post_comment
from tests.forum.notifications.conftest import drift, unread_count

pytestmark = pytest.mark.django_db(transaction=True)
Crowd = Callable[[int], list[User]]
ROUNDS = 3


def at_once(jobs: Iterable[Callable[[], object]]) -> None:
    jobs = list(jobs)
    ready = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        try:
            ready.wait()
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        list(pool.map(run, jobs))


@pytest.fixture
def followers(article: Article, crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> list[User]:
    for module in (fan_out, notification):
        monkeypatch.setattr(module, "BATCH", 5)
    people = crowd(20)
    Subscription.objects.bulk_create(Subscription(person=each, article=article) for each in people)
    return people


def read_all(person: User) -> Callable[[], object]:
    return lambda: Notification.objects.mark_read(by=person)


def test_removal_and_reading_while_followers_are_told(
    followers: list[User],
    article: Article,
    reader: User,
    moderator: User,
    run_tasks: Callable[[], None],
) -> None:
    for number in range(ROUNDS):
        discussion = Discussion.objects.of(article)
        comment = post_comment(discussion, by=reader, body=f"{number}", key=uuid4().hex)
        other = post_comment(discussion, by=reader, body=f"Not {number}", key=uuid4().hex)

        def write(comment: Comment = comment) -> None:
            post_comment(
                Discussion.objects.of(Article.objects.get(pk=article.pk)),
                by=User.objects.get(pk=followers[0].pk),
                body="I follow, and write.",
                parent=Comment.objects.get(pk=comment.pk),
                key=uuid4().hex,
            )

        def remove(comment: Comment = comment) -> None:
            found = Comment.objects.select_related("author", "discussion__article")
            decisions.remove(found.get(pk=comment.pk), by=moderator, reason="spam")

        at_once(
            [
                lambda pk=comment.pk: fan_out.comment_appeared(pk),  # type: ignore[misc]
                lambda pk=other.pk: fan_out.comment_appeared(pk),  # type: ignore[misc]
                remove,
                write,
                *(read_all(person) for person in followers[::7]),
            ]
        )
        run_tasks()
        assert drift() == []
        told = Notification.objects.filter(comment=comment)
        assert told.exclude(is_counted=False).count() == 0
        assert told.count() == len(followers)
    unread = Notification.objects.of(followers[1]).shown().unread().count()
    assert unread_count(followers[1]) == unread > 0


def test_an_article_withdrawn_while_followers_are_told(
    followers: list[User], article: Article, reader: User, run_tasks: Callable[[], None]
) -> None:
    for number in range(ROUNDS):
        Article.objects.update(status=Article.Status.PUBLISHED)
        comment = post_comment(
            Discussion.objects.of(article), by=reader, body=f"{number}", key=uuid4().hex
        )
        at_once(
            [
                lambda pk=comment.pk: fan_out.comment_appeared(pk),  # type: ignore[misc]
                lambda: Article.objects.update(status=Article.Status.DRAFT),
            ]
        )
        run_tasks()
        assert drift() == []
        assert {unread_count(person) for person in followers} == {0}
