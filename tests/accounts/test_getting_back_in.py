"""Getting back in: each dead end says what it is, and what to do next."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.letter_status import DELAY
from accounts.models import Proof, User
from articles.models import Article
from forum.models import Comment
from tests.accounts.factors import App, Passkey
from tests.accounts.reading import same_for_all
from tests.conftest import OUR_PAGE
from tests.forum.posting.drafts import write
from tests.mail import Outbox, code_in, link_in, text_of
from tests.mail.smtp import Mood, mail_server

RESET = "/accounts/password/reset/"
CONFIRM = f"{RESET}confirm/"
KEY = f"{RESET}key/"
NEW = "a lantern on the pier"
REFUSED: Mood = {"RCPT": "550 5.1.1 No such mailbox"}
DELAYED: Mood = {"RCPT": "450 4.2.0 Greylisted"}


@pytest.fixture
def asked(client: Client, reader: User) -> Client:
    client.post(RESET, {"email": reader.email})
    return client


# --- A link that opens nothing ---


def test_a_used_link_says_so(asked: Client, outbox: Outbox) -> None:
    path = link_in(outbox()[0], KEY)
    asked.get(path)
    asked.post(KEY, {"skip": "1"})
    page = Client().get(path).content
    assert b"This link has been used" in page
    assert b"choose a new password now" in page


def test_a_link_says_that_the_code_of_its_email_was_used(asked: Client, outbox: Outbox) -> None:
    path = link_in(outbox()[0], KEY)
    asked.post(CONFIRM, {"code": code_in(outbox()[0])})
    asked.post(f"{RESET}complete/", {"skip": "1"})
    assert b"This link has been used" in Client().get(path).content


def test_an_expired_link_says_so(
    asked: Client, outbox: Outbox, time_machine: TimeMachineFixture
) -> None:
    path = link_in(outbox()[0], KEY)
    time_machine.move_to(timezone.now() + timedelta(hours=1, seconds=1))
    assert b"This link has expired" in Client().get(path).content


@pytest.mark.parametrize("change", ["newer", "password"])
def test_a_replaced_link_leads_to_the_newest_email(
    asked: Client, reader: User, outbox: Outbox, change: str
) -> None:
    path = link_in(outbox()[0], KEY)
    if change == "newer":
        asked.post(CONFIRM, {"resend": "1"})
    else:
        reader.set_password(NEW)
        reader.save()
    page = Client().get(path).content
    assert b"This link no longer works" in page
    assert b"Open the link in the newest email." in page


def test_a_cut_link_says_so_and_tells_nothing_of_the_account(asked: Client, outbox: Outbox) -> None:
    path = link_in(outbox()[0], KEY).rstrip("/")
    for cut in (path[:-5], path[:-1] + ("1" if path.endswith("0") else "0")):
        assert b"This link is not complete" in Client().get(f"{cut}/").content
    assert b"This link is not complete" in Client().get(f"{KEY}{'0' * 32}-x/").content


def test_the_link_of_a_draft_says_why_too(article: Article, reader: User, outbox: Outbox) -> None:
    browser = Client()
    draft = write(browser, email=reader.email)
    link = link_in(outbox()[-1], "/drafts/")
    browser.post(f"{draft}code/", {"email": reader.email})
    page = Client().get(link).content
    assert b"This link no longer works" in page
    assert b"Send a new link to my address" in page


# --- What became of the letter ---


def ask(client: Client, email: str) -> None:
    client.post(RESET, {"email": email})


@pytest.mark.parametrize("email", ["ines@example.com", "nobody@example.com"])
@pytest.mark.parametrize(
    ("mood", "words"),
    [
        ({}, b"Your email server accepted the email at"),
        (REFUSED, b"The email server refused the email"),
        (DELAYED, b"The email has not been accepted yet."),
    ],
    ids=["accepted", "refused", "delayed"],
)
def test_the_waiting_page_says_what_became_of_the_letter_after_a_delay(
    client: Client,
    reader: User,
    run_tasks: Any,
    time_machine: TimeMachineFixture,
    mood: Mood,
    words: bytes,
    email: str,
) -> None:
    with mail_server(mood):
        ask(client, email)
        run_tasks()
    assert b"The email is on its way." in client.get(CONFIRM).content
    time_machine.move_to(timezone.now() + DELAY)
    assert words in client.get(CONFIRM).content


def test_it_is_the_same_for_a_known_and_an_unknown_address(
    reader: User, run_tasks: Any, time_machine: TimeMachineFixture
) -> None:
    start = timezone.now().replace(second=0, microsecond=0)  # the page names the minute
    pages = []
    for email in (reader.email, "nobody@example.com"):
        time_machine.move_to(start)
        browser = Client()
        ask(browser, email)
        run_tasks()
        time_machine.move_to(start + DELAY)
        pages.append(same_for_all(browser.get(CONFIRM), email))
    assert pages[0] == pages[1]


def test_another_browser_is_told_nothing(
    asked: Client, run_tasks: Any, time_machine: TimeMachineFixture
) -> None:
    run_tasks()
    time_machine.move_to(timezone.now() + DELAY)
    assert b"accepted the email" not in Client().get(CONFIRM).content


def test_the_page_of_a_draft_says_it_too(
    article: Article, run_tasks: Any, time_machine: TimeMachineFixture
) -> None:
    browser = Client()
    draft = write(browser)
    run_tasks()
    assert b"The email is on its way." in browser.get(draft).content
    time_machine.move_to(timezone.now() + DELAY)
    assert b"accepted the email" in browser.get(draft).content


def test_a_proof_is_found_by_the_email_that_carries_it(asked: Client, outbox: Outbox) -> None:
    [mail] = outbox()
    assert Proof.objects.of_message(mail["Message-ID"]).get().answer == "accepted"
    assert not Proof.objects.of_message("<somebody@example.com>").exists()


# --- The letter names the ways in ---


def test_the_letter_names_the_ways_in_and_the_page_none(
    client: Client, author: User, outbox: Outbox
) -> None:
    Passkey(author)
    SocialAccount.objects.create(user=author, provider="google", uid="1")
    ask(client, author.email)
    text = text_of(outbox()[-1])
    for words in ("a passkey:", "Google:", "a code by email", "no password yet", "second step"):
        assert words in text, words
    page = client.get(CONFIRM).content.decode()
    assert "Google" not in page
    assert "passkey" not in page.partition('<main id="main"')[2].lower()


def test_a_letter_without_a_second_step_names_none(asked: Client, outbox: Outbox) -> None:
    text = text_of(outbox()[-1])
    assert "second step" not in text
    assert "passkey" not in text


def test_who_has_lost_the_second_step_is_told_what_helps(
    client: Client, reader: User, outbox: Outbox
) -> None:
    App(reader)
    ask(client, reader.email)
    client.post(CONFIRM, {"code": code_in(outbox()[-1])})
    client.post(f"{RESET}complete/", {"skip": "1"})
    page = client.get("/accounts/2fa/authenticate/").content.decode()
    assert "Enter one of your recovery codes instead." in page
    assert "An administrator can remove the second step." in page


# --- The comment that waited ---


def forget_while_writing(client: Client, person: User, outbox: Outbox) -> str:
    words = {"body": "My harbour is up a river.", "email": person.email}
    step = client.post("/articles/high-tide/comments/forgot/", words, **OUR_PAGE)
    return str(client.post(step.url, {"code": code_in(outbox()[-1])}).url)


@pytest.mark.parametrize("choice", [{"password1": NEW}, {"skip": "1"}])
def test_after_the_code_the_comment_is_posted_without_being_asked_again(
    client: Client, article: Article, reader: User, outbox: Outbox, choice: dict[str, str]
) -> None:
    step = forget_while_writing(client, reader, outbox)
    page = client.get(step).content.decode()
    assert "Your comment is saved. It is posted after this step." in page
    assert "Save the password and post your comment" in page
    next_url = page.partition('name="next" value="')[2].partition('"')[0]
    response = client.post(step, {**choice, "next": next_url})
    assert response.url.endswith(f"#c{Comment.objects.get().pk}")
    assert get_user(client) == reader


def test_a_strangers_words_are_never_posted_so(
    article: Article, reader: User, outbox: Outbox
) -> None:
    """The stranger writes with the owner's address and presses "Forgot password?"."""
    stranger, owner = Client(), Client()
    words = {"body": "I am a thief.", "email": reader.email}
    stranger.post("/articles/high-tide/comments/forgot/", words, **OUR_PAGE)
    link = link_in(outbox()[-1], KEY)
    owner.get(link)
    draft = link.partition("next=")[2].replace("%2F", "/")
    response = owner.post(KEY, {"skip": "1", "next": draft})
    assert get_user(owner) == reader
    assert not Comment.objects.exists()
    assert b"Written in another browser" in owner.get(response.url).content
