"""Links in emails: opening one shows a page, its button acts, and nobody is signed in by it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.links import Purpose, person_and_thing, sign, sign_for
from accounts.models import User
from articles.models import Article
from forum.models import Comment, NotificationSettings, Subscription
from tests.mail import Outbox, text_of

Say = Callable[..., Comment]
ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def reply(say: Say, other_reader: User) -> Comment:
    return say("No.", parent=say("It turns."), by=other_reader)


@pytest.fixture
def links(reply: Comment, outbox: Outbox) -> dict[str, str]:
    """The paths in the email about the reply, by the place to which they lead."""
    outbox()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        [email] = outbox()
    places = {"reply": "comments/", "mute": "notifications/mute/"}
    found = {
        name: re.findall(rf"http://localhost:8000(/{place}\S+)", text_of(email))[0]
        for name, place in places.items()
    }
    leave = re.findall(r"<http://localhost:8000(\S+)>", email["List-Unsubscribe"])
    return found | {"leave": leave[0]}


def test_mail_programs_leave_by_one_post_without_cookie_token_or_redirect(
    links: dict[str, str], reader: User
) -> None:
    program = Client(enforce_csrf_checks=True)
    answer = program.post(
        links["leave"], ONE_CLICK, content_type="application/x-www-form-urlencoded"
    )
    assert (answer.status_code, dict(answer.cookies), dict(program.cookies)) == (200, {}, {})
    assert NotificationSettings.objects.get(person=reader).replies == "never"
    assert program.post(links["leave"], ONE_CLICK, content_type="text/plain").status_code == 200
    fields = {"List-Unsubscribe": "One-Click"}  # as multipart/form-data
    assert program.post(links["leave"], fields).status_code == 200


def test_other_kinds_stay_on(links: dict[str, str], reader: User) -> None:
    Client().post(links["leave"])
    settings = NotificationSettings.objects.get(person=reader)
    assert (settings.replies, settings.mentions, settings.followed) == ("never", "at_once", "daily")


@pytest.mark.parametrize("name", ["leave", "mute", "reply"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_changes_nothing_and_opens_no_session(
    name: str, method: str, links: dict[str, str]
) -> None:
    browser = Client()
    answer = getattr(browser, method)(links[name])
    assert answer.status_code == 200
    assert "session" not in browser.cookies
    assert not NotificationSettings.objects.exists()
    assert not Subscription.objects.exists()
    assert "no-store" in answer["Cache-Control"]


def test_the_page_says_what_is_turned_off(links: dict[str, str]) -> None:
    browser = Client()
    assert "Replies to you" in browser.get(links["leave"]).text
    assert "You will get no more emails about:" in browser.post(links["leave"]).text


def test_a_thread_is_muted_and_unmuted_by_the_link(links: dict[str, str], reader: User) -> None:
    browser = Client()
    assert "Mute this thread" in browser.get(links["mute"]).text
    assert "The thread is muted" in browser.post(links["mute"]).text
    assert Subscription.objects.get(person=reader).is_mute
    browser.post(links["mute"], {"off": "1"})
    assert not Subscription.objects.exists()


def test_the_link_to_reply_fills_in_the_address_and_no_more(
    links: dict[str, str], reply: Comment
) -> None:
    browser = Client()
    page = browser.get(links["reply"]).text
    assert 'value="ines@example.com"' in page
    assert "session" not in browser.cookies
    assert 'value="ines@example.com"' not in browser.get(f"/comments/{reply.pk}/reply/").text
    other = links["reply"].replace(f"/comments/{reply.pk}/", f"/comments/{reply.parent_id}/")
    assert 'value="ines@example.com"' not in browser.get(other).text


@pytest.mark.parametrize("purpose", [Purpose.MUTE, Purpose.UNSUBSCRIBE, Purpose.CONFIRM])
def test_a_link_serves_one_purpose(purpose: Purpose, reader: User) -> None:
    for other in set(Purpose) - {purpose}:
        token = sign_for(reader, other, 1)
        answer = Client().post(f"/notifications/{purpose}/{token}/")
        assert answer.status_code == 410
        assert "This link no longer works" in answer.text


@pytest.mark.parametrize("purpose", Purpose)
def test_a_link_ends_with_its_time_or_another_address(purpose: Purpose, reader: User) -> None:
    token = sign_for(reader, purpose, 1)
    assert person_and_thing(purpose, token) == (reader, [1])
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert person_and_thing(purpose, token) is None
    User.objects.filter(pk=reader.pk).update(email="other@example.com")
    assert person_and_thing(purpose, token) is None


def test_a_wrong_token_is_answered_as_an_expired_one(db: None) -> None:
    for token in ("x", "ü:x:y", "a" * 3000, sign(Purpose.MUTE, None, "x", 1)):
        for place in ("unsubscribe", "mute", "confirm"):
            assert Client().get(f"/notifications/{place}/{token}/").status_code == 410


def test_somebody_signed_in_as_another_acts_for_whom_the_email_was(
    links: dict[str, str], reader: User, other_reader: User, client_of: Callable[[User], Client]
) -> None:
    client_of(other_reader).post(links["leave"])
    assert NotificationSettings.objects.get().person == reader


def test_a_link_says_nothing_of_an_article_that_was_withdrawn(
    client: Client, reader: User, reply: Comment
) -> None:
    Article.objects.update(status=Article.Status.DRAFT)
    token = sign_for(reader, Purpose.MUTE, reply.pk)
    assert client.get(f"/notifications/mute/{token}/").status_code == 404
