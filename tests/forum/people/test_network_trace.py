"""A ban also holds comments of new accounts on the same network, for a while."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.models import Case, Comment, NetworkTrace, Sanction
from forum.moderation.sanctions import impose, lift
from forum.people.models.network_trace import NEW_ACCOUNT, RETENTION
from forum.people.network import network_digest

Ban = Callable[[], Sanction]


@pytest.fixture
def ban(reader: User, moderator: User) -> Ban:
    """Return a function that bans a person who wrote from the network "home"."""

    def banned() -> Sanction:
        NetworkTrace.objects.record(reader, "home")
        sanction = Sanction(person=reader, kind="ban", reason="spam")
        impose(sanction, by=moderator)
        return sanction

    return banned


def digest(address: str) -> str:
    return network_digest(RequestFactory().get("/", REMOTE_ADDR=address))


def test_whoever_writes_leaves_one_trace_for_each_place(
    say: Callable[..., Comment], reader: User, client_of: Callable[[User], Client]
) -> None:
    say("First.")
    for words in ("One.", "Another."):
        client_of(reader).post(reverse("post_comment", args=["high-tide"]), {"body": words})
    trace = NetworkTrace.objects.get(person=reader)
    assert trace.network == digest("127.0.0.1")


def test_a_place_is_never_an_address() -> None:
    assert "192.0.2.1" not in digest("192.0.2.1")
    assert len(digest("192.0.2.1")) == 64


@pytest.mark.parametrize(
    ("one", "other", "is_one_place"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
    ],
)
def test_a_place_is_what_one_household_has(one: str, other: str, is_one_place: bool) -> None:
    assert (digest(one) == digest(other)) is is_one_place


def test_a_new_account_from_the_place_of_a_ban_is_found(ban: Ban, other_reader: User) -> None:
    ban()
    assert NetworkTrace.objects.matches_ban(other_reader, "home")
    assert not NetworkTrace.objects.matches_ban(other_reader, "elsewhere")


def test_a_neighbour_with_an_old_account_is_left_alone(ban: Ban, other_reader: User) -> None:
    ban()
    other_reader.date_joined = timezone.now() - NEW_ACCOUNT - timedelta(hours=1)
    assert not NetworkTrace.objects.matches_ban(other_reader, "home")


def test_a_lifted_ban_clears_the_place(ban: Ban, other_reader: User, moderator: User) -> None:
    lift(ban(), by=moderator)
    assert not NetworkTrace.objects.matches_ban(other_reader, "home")


@pytest.mark.parametrize(
    ("age", "kept"), [(timedelta(days=1), 1), (RETENTION + timedelta(hours=1), 0)]
)
def test_traces_are_forgotten_after_the_documented_days(
    age: timedelta, kept: int, reader: User
) -> None:
    NetworkTrace.objects.record(reader, "home")
    NetworkTrace.objects.update(seen_at=timezone.now() - age)
    NetworkTrace.objects.delete_expired()
    assert NetworkTrace.objects.count() == kept


def test_a_place_of_a_ban_is_kept_until_the_ban_no_longer_reaches_it(ban: Ban) -> None:
    ban()
    old: dict[str, Any] = {"seen_at": timezone.now() - RETENTION - timedelta(hours=1)}
    NetworkTrace.objects.update(**old)
    NetworkTrace.objects.delete_expired()
    assert NetworkTrace.objects.count() == 1
    NetworkTrace.objects.update(banned_until=timezone.now() - timedelta(hours=1))
    NetworkTrace.objects.delete_expired()
    assert not NetworkTrace.objects.exists()


def test_what_comes_from_the_place_of_a_ban_waits_for_a_moderator(
    say: Callable[..., Comment],
    ban: Ban,
    reader: User,
    other_reader: User,
    client_of: Callable[[User], Client],
) -> None:
    say("First.")
    NetworkTrace.objects.record(reader, digest("127.0.0.1"))
    ban()
    response = client_of(other_reader).post(
        reverse("post_comment", args=["high-tide"]), {"body": "Back again."}
    )
    case = Case.objects.get()
    assert (response.status_code, case.cause, case.comment.status) == (303, "place", "held")


def test_a_place_is_cleared_with_the_last_of_several_bans(
    ban: Ban, other_reader: User, moderator: User
) -> None:
    first, second = ban(), ban()
    lift(first, by=moderator)
    assert NetworkTrace.objects.matches_ban(other_reader, "home")
    lift(second, by=moderator)
    assert not NetworkTrace.objects.matches_ban(other_reader, "home")
