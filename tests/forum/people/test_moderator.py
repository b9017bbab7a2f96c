"""Moderators of topics and of the whole site."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Topic
from forum.models import Comment, Moderator, Sanction
from forum.moderation.sanctions import impose, lift
from forum.people.scope import scope_of

Page = Callable[[], str]


@pytest.fixture
def page(
    say: Callable[..., Comment], other_reader: User, client_of: Callable[[User], Client]
) -> Page:
    say("Words.")
    browser = client_of(other_reader)

    def read() -> str:
        return browser.get("/articles/high-tide/").content.decode()

    return read


@pytest.fixture
def elsewhere(db: None) -> Topic:
    return Topic.objects.create(name="Wind", slug="wind")


def test_a_moderator_of_the_topic_finds_the_way_beside_each_comment(
    page: Page, article: Article, other_reader: User
) -> None:
    assert "Moderate" not in page()
    Moderator.objects.create(person=other_reader, topic=article.topic)
    assert "Moderate" in page()


def test_a_moderator_of_another_topic_does_not(
    page: Page, elsewhere: Topic, other_reader: User
) -> None:
    Moderator.objects.create(person=other_reader, topic=elsewhere)
    assert "Moderate" not in page()


def test_a_moderator_of_the_whole_site_moderates_every_topic(
    topic: Topic, elsewhere: Topic, reader: User
) -> None:
    Moderator.objects.create(person=reader)
    assert [Moderator.objects.may(reader, where) for where in (topic.pk, elsewhere.pk, None)] == [
        True
    ] * 3


def test_a_moderator_of_a_topic_does_not_moderate_what_has_none(
    topic: Topic, elsewhere: Topic, reader: User
) -> None:
    Moderator.objects.create(person=reader, topic=topic)
    assert [Moderator.objects.may(reader, where) for where in (topic.pk, elsewhere.pk, None)] == [
        True,
        False,
        False,
    ]


def test_an_administrator_needs_no_line(moderator: User, topic: Topic) -> None:
    assert Moderator.objects.may(moderator, topic.pk)


def test_whoever_may_not_write_does_not_moderate_meanwhile(
    topic: Topic, reader: User, moderator: User
) -> None:
    Moderator.objects.create(person=reader)
    until = timezone.now() + timedelta(days=1)
    sanction = Sanction(person=reader, kind="silence", until=until, reason="unkind")
    impose(sanction, by=moderator)
    assert not Moderator.objects.may(reader, topic.pk)
    assert scope_of(reader) is None
    lift(sanction, by=moderator)
    assert Moderator.objects.may(reader, topic.pk)


# --- Rights that end while somebody decides ---


def _loses_the_row(person: User) -> None:
    Moderator.objects.filter(person=person).delete()


def _loses_the_permission(person: User) -> None:
    person.user_permissions.clear()


def _loses_the_administration(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_superuser=False)


def _is_switched_off(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def _is_suspended(person: User) -> None:
    Sanction.objects.create(person=person, kind="ban", reason="spam")


@pytest.mark.parametrize(
    ("right", "change"),
    [
        *(("row", change) for change in (_loses_the_row, _is_switched_off, _is_suspended)),
        *(
            ("permission", change)
            for change in (_loses_the_permission, _is_switched_off, _is_suspended)
        ),
        *(("administration", change) for change in (_loses_the_administration, _is_switched_off)),
    ],
)
def test_whoever_loses_the_right_while_waiting_for_the_lock_decides_nothing(
    right: str,
    change: Callable[[User], None],
    say: Callable[..., Comment],
    other_reader: User,
    moderator: User,
    client_of: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    comment = say("You fool of a tide.")
    if right == "row":
        Moderator.objects.create(person=other_reader)
    elif right == "permission":
        other_reader.user_permissions.add(Permission.objects.get(codename="change_comment"))
    else:
        User.objects.filter(pk=other_reader.pk).update(is_superuser=True, is_staff=True)
    lock = Comment.lock

    def wait_and_lock(self: Comment) -> None:
        change(other_reader)
        lock(self)

    browser = client_of(other_reader)
    monkeypatch.setattr(Comment, "lock", wait_and_lock)
    answer = browser.post(
        f"/comments/{comment.pk}/moderate/", {"decision": "remove", "reason": "spam"}
    )
    comment.refresh_from_db()
    assert (answer.status_code, comment.status) == (403, "published")
