"""Limits of pace hold for comments that are sent at once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, TooFast
from forum.posting.post import post_comment

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 32


def at_once(article: Article, author: User, key: Callable[[], str]) -> Counter[str]:
    ready = Barrier(AT_ONCE)

    def post(number: int) -> str:
        try:
            discussion = Discussion.objects.of(Article.objects.get(pk=article.pk))
            connection.close()  # the pool has fewer connections than there are threads
            ready.wait()
            post_comment(discussion, by=author, body="Words.", key=key())
        except TooFast:
            return "refused"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(post, range(AT_ONCE)))


def test_slow_mode_lets_one_through(article: Article, reader: User) -> None:
    Discussion.objects.create(article=article, slow_minutes=5)
    assert at_once(article, reader, lambda: uuid4().hex) == {"taken": 1, "refused": AT_ONCE - 1}
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("before", [0, 15])
def test_the_rate_lets_as_many_through_as_it_says(
    before: int, article: Article, reader: User, settings: Any
) -> None:
    settings.COMMENT_RATE = (20, 60)
    discussion = Discussion.objects.of(article)
    for _ in range(before):
        post_comment(discussion, by=reader, body="Words.", key=uuid4().hex)
    assert at_once(article, reader, lambda: uuid4().hex)["taken"] == 20 - before
    assert Comment.objects.count() == 20


def test_the_same_form_sent_many_times_is_one_comment_and_no_refusal(
    article: Article, reader: User
) -> None:
    Discussion.objects.create(article=article, slow_minutes=5)
    assert at_once(article, reader, lambda: "one form") == {"taken": AT_ONCE}
    assert Comment.objects.count() == 1
