"""The page on which a moderator does something with one comment."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, ModerationAction, Moderator
from forum.moderation import decisions

Say = Callable[..., Comment]
Do = Callable[..., str]


@pytest.fixture
def do(moderator: User, client_of: Callable[[User], Client]) -> Do:
    """Sends the form and reads the page it leads to."""
    browser = client_of(moderator)

    def done(comment: Comment, decision: str, **said: str) -> str:
        address = reverse("moderate", args=[comment.pk])
        return browser.post(address, {"decision": decision, **said}, follow=True).content.decode()

    return done


def kinds() -> list[str]:
    return list(ModerationAction.objects.order_by("pk").values_list("kind", flat=True))


def test_a_comment_is_removed_with_a_reason(do: Do, say: Say) -> None:
    comment = say("Buy now.")
    page = do(comment, "remove", reason="spam")
    assert "Buy now." not in page
    assert ">Undo" in page
    assert kinds() == ["remove"]


def test_a_removal_without_a_reason_is_asked_for_one(do: Do, say: Say) -> None:
    page = do(say("Hm."), "remove", note="kept words")
    assert "Choose a reason" in page
    assert page.count("There is a problem") == 1
    assert "kept words" in page
    assert kinds() == []


def test_what_no_longer_applies_is_said(do: Do, say: Say, moderator: User) -> None:
    comment = say("Hm.")
    decisions.remove(comment, by=moderator, reason="spam")
    assert "has changed in the meantime" in do(comment, "remove", reason="spam")


def test_a_pinned_comment_stands_above_the_discussion(do: Do, say: Say, client: Client) -> None:
    say("First."), do(pinned := say("Read this."), "pin")
    page = client.get("/articles/high-tide/").content.decode()
    assert page.index("Pinned") < page.index(f'id="c{pinned.pk}"')
    assert page.count("Read this.") >= 2
    do(pinned, "unpin")
    assert "Pinned" not in client.get("/articles/high-tide/").content.decode()
    assert kinds() == ["pin", "unpin"]


def test_another_pin_takes_the_place_of_the_first(do: Do, say: Say) -> None:
    first, second = say("One."), say("Two.")
    do(first, "pin"), do(second, "pin")
    assert Discussion.objects.get().pinned == second


def test_a_pinned_comment_that_is_removed_is_gone_from_above(
    do: Do, say: Say, client: Client
) -> None:
    comment = say("canary-7f3a")
    do(comment, "pin"), do(comment, "remove", reason="spam")
    assert "canary-7f3a" not in client.get("/articles/high-tide/").content.decode()


def test_a_pick_is_marked_for_everybody(do: Do, say: Say, client: Client) -> None:
    comment = say("Well said.")
    do(comment, "pick")
    assert "Editor’s pick" in client.get("/articles/high-tide/").content.decode()
    do(comment, "unpick")
    assert "Editor’s pick" not in client.get("/articles/high-tide/").content.decode()


def test_a_reply_is_split_off_and_put_back(do: Do, say: Say) -> None:
    side = say("Side.", parent=say("Head."))
    do(side, "split")
    assert Comment.objects.get(pk=side.pk).root is None
    do(side, "join")
    assert kinds() == ["split", "join"]


def test_a_moderator_of_the_topic_may(
    say: Say, article: Article, reader: User, other_reader: User, client_of: Callable[..., Client]
) -> None:
    address = reverse("moderate", args=[say("Hm.", by=other_reader).pk])
    assert client_of(reader).get(address).status_code == 403
    Moderator.objects.create(person=reader, topic=article.topic)
    assert client_of(reader).get(address).status_code == 200
