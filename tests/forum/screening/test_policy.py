"""The policy of a place, trust, and the cost of screening."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from articles.models import Article, Topic
from forum.models import Case, Comment, Discussion, Draft, Policy, Rule
from forum.moderation import decisions
from forum.posting.post import compose
from forum.screening.trust import COMMENTS_PUBLISHED, DAYS_HERE, trust_of
from tests.forum.screening.rules import rule

Say = Callable[..., Comment]
ADDRESS = "/articles/high-tide/comments/"
CANARY = "canary-7f3a about the tide"


@pytest.fixture(autouse=True)
def no_rules(db: None) -> None:
    Rule.objects.all().delete()


@pytest.fixture
def client(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)


def write(client: Client, body: str = CANARY, **fields: Any) -> Any:
    return client.post(ADDRESS, {"body": body, "key": uuid4().hex, **fields})


@pytest.mark.parametrize("place", ["article", "topic", "site"])
def test_before_moderation_holds_every_comment(
    place: str, article: Article, topic: Topic, client: Client
) -> None:
    where = {"article": {"article": article}, "topic": {"topic": topic}, "site": {}}[place]
    Policy.objects.create(mode="before", **where)
    assert write(client).status_code == 303
    assert Case.objects.get().cause == "before"
    assert (
        "after a moderator has approved them"
        in Client().get("/articles/high-tide/").content.decode()
    )


def test_the_nearest_policy_decides(article: Article, topic: Topic, client: Client) -> None:
    Policy.objects.create(mode="closed"), Policy.objects.create(mode="before", topic=topic)
    Policy.objects.create(mode="after", article=article)
    assert write(client).status_code == 302


@pytest.mark.parametrize("written", [False, True])
def test_a_closed_place_offers_no_form_and_takes_no_comment(
    written: bool, article: Article, say: Say, client: Client
) -> None:
    if written:
        say("Before.")
    Policy.objects.create(mode="closed")
    page = Client().get("/articles/high-tide/").content.decode()
    assert "The discussion is closed." in page
    assert 'id="compose"' not in page
    assert "/reply/" not in page
    answer = write(client)
    assert (answer.status_code, Draft.objects.count()) == (409, 1)


# --- What it costs, and who is trusted ---


def test_without_rules_it_costs_one_query(
    discussion: Discussion,
    say: Say,
    reader: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from forum.posting.intake import screen_new

    comment = compose(
        discussion=say("x").discussion,
        author=reader,
        body="Words.",
        parent=None,
        key="k",
        at=timezone.now(),
    )
    with django_assert_num_queries(1):
        assert screen_new(comment, by=reader) is None
    rule()
    with django_assert_num_queries(3):
        assert screen_new(comment, by=reader) is None


@pytest.fixture
def trusted(reader: User, say: Say) -> User:
    User.objects.filter(pk=reader.pk).update(date_joined=timezone.now() - DAYS_HERE)
    reader.refresh_from_db()
    for number in range(COMMENTS_PUBLISHED):
        say(f"Comment {number}")
    Comment.objects.update(ranked_helpful=1)
    return reader


def test_a_trusted_reader_passes_a_rule_that_trusts(trusted: User, client: Client) -> None:
    rule("refuse")
    assert write(client).status_code == 302
    assert "You are a trusted reader" in client.get("/accounts/").content.decode()


def test_trust_is_lost_as_it_was_earned(trusted: User, moderator: User, client: Client) -> None:
    decisions.remove(Comment.objects.all()[0], by=moderator, reason="spam")
    assert not trust_of(trusted).is_trusted
    assert "You are a trusted reader" not in client.get("/accounts/").content.decode()


def test_who_is_new_is_not_trusted(reader: User) -> None:
    assert not trust_of(reader).is_trusted
