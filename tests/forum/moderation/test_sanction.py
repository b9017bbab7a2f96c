"""Silence, suspension and ban: what each leaves to a person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Draft, ModerationAction, Sanction
from forum.moderation.sanctions import impose as impose_sanction

Say = Callable[..., Comment]
Impose = Callable[[str], Sanction]


@pytest.fixture
def impose(other_reader: User, moderator: User) -> Impose:
    def imposed(kind: str) -> Sanction:
        until = None if kind == "ban" else timezone.now() + timedelta(days=7)
        sanction = Sanction(person=other_reader, kind=kind, until=until, reason="unkind")
        impose_sanction(sanction, by=moderator)
        return sanction

    return imposed


@pytest.mark.parametrize("kind", Sanction.Kind.values)
def test_nobody_writes_who_may_only_read(
    kind: str, impose: Impose, say: Say, other_reader: User, client_of: Callable[[User], Client]
) -> None:
    say("First.")
    impose(kind)
    response = client_of(other_reader).post(
        reverse("post_comment", args=["high-tide"]), {"body": "Kept words."}
    )
    assert response.status_code == 403
    assert "Kept words." in response.content.decode()


@pytest.mark.parametrize(
    ("kind", "until"), [("suspension", "You cannot comment until"), ("ban", "You can no longer")]
)
def test_reason_and_end_stand_where_the_composer_would(
    kind: str,
    until: str,
    impose: Impose,
    say: Say,
    other_reader: User,
    client_of: Callable[[User], Client],
) -> None:
    comment, browser = say("First."), client_of(other_reader)
    impose(kind)
    for address in ("/articles/high-tide/", reverse("reply", args=[comment.pk])):
        page = browser.get(address).content.decode()
        assert until in page
        assert "Reason: Unkind or threatening." in page
        assert reverse("statements") in page
        assert 'id="compose"' not in page


def test_a_first_comment_is_not_offered_either(
    impose: Impose, article: Article, other_reader: User, client_of: Callable[[User], Client]
) -> None:
    impose("ban")
    page = client_of(other_reader).get("/articles/high-tide/").content.decode()
    assert "You can no longer comment here." in page
    assert 'id="compose"' not in page


def test_a_draft_can_be_read_during_a_suspension(
    impose: Impose, article: Article, other_reader: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(other_reader)
    impose("suspension")
    browser.post(reverse("post_comment", args=["high-tide"]), {"body": "Written before."})
    draft = Draft.objects.get().get_absolute_url()
    assert draft in browser.get("/articles/high-tide/").content.decode()
    page = browser.get(draft).content.decode()
    assert "Written before." in page
    assert 'id="compose"' not in page


@pytest.mark.parametrize(("kind", "status"), [("silence", 303), ("suspension", 403), ("ban", 403)])
def test_only_silence_leaves_a_vote(
    kind: str,
    status: int,
    impose: Impose,
    say: Say,
    other_reader: User,
    client_of: Callable[[User], Client],
) -> None:
    comment = say("Helpful?")
    impose(kind)
    response = client_of(other_reader).post(reverse("vote", args=[comment.pk]), {"value": "1"})
    assert response.status_code == status


def test_a_ban_has_no_end(impose: Impose, other_reader: User) -> None:
    impose("ban")
    in_force = Sanction.objects.of(other_reader)
    assert in_force
    assert in_force.until is None


def test_the_ban_is_what_is_told_where_several_are_in_force(
    impose: Impose, other_reader: User
) -> None:
    for kind in ("ban", "silence"):
        impose(kind)
    in_force = Sanction.objects.of(other_reader)
    assert in_force
    assert in_force.kind == "ban"


def test_a_suspension_without_end_is_refused_by_the_database(
    other_reader: User, moderator: User
) -> None:
    with pytest.raises((IntegrityError, ValidationError)):
        impose_sanction(
            Sanction(person=other_reader, kind="suspension", until=None, reason="unkind"),
            by=moderator,
        )


@pytest.mark.parametrize("kind", Sanction.Kind.values)
def test_each_is_a_line_of_the_log(kind: str, impose: Impose) -> None:
    impose(kind)
    assert ModerationAction.objects.get().kind == {"suspension": "suspend"}.get(kind, kind)


def test_a_suspension_takes_the_vote_though_a_silence_lasts_longer(
    say: Say, other_reader: User, moderator: User, client_of: Callable[[User], Client]
) -> None:
    comment = say("Helpful?")
    for kind, days in (("suspension", 1), ("silence", 30)):
        until = timezone.now() + timedelta(days=days)
        impose_sanction(
            Sanction(person=other_reader, kind=kind, until=until, reason="unkind"), by=moderator
        )
    response = client_of(other_reader).post(reverse("vote", args=[comment.pk]), {"value": "1"})
    assert response.status_code == 403
