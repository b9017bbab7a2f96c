"""Readers without an account follow an article by email once they confirm it, and nobody else."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.joining import join
from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, Policy, Subscription
from forum.moderation import decisions
from forum.notifications import followers, periodic
from forum.posting.post import post_comment
from mail.models import Suppression
from tests.conftest import OUR_PAGE
from tests.mail import Outbox, link_in, text_of

Say = Callable[..., Comment]
ADDRESS = "/articles/high-tide/follow/"
DAY = timedelta(days=1)


def ask(email: str = "Eilidh@Example.com", **headers: Any) -> Any:
    return Client().post(ADDRESS, {"email": email}, **(headers or OUR_PAGE))


@pytest.fixture
def confirmed(article: Article, outbox: Outbox) -> Subscription:
    ask()
    Client().post(link_in(outbox()[0], "/notifications/confirm/"))
    return Subscription.objects.get()


@pytest.fixture
def at(outbox: Outbox) -> Callable[[timedelta], list[EmailMessage]]:
    """`at(time)` is all that has gone out to this follower by then."""

    def emails(time: timedelta) -> list[EmailMessage]:
        with time_machine.travel(timezone.now() + time):
            periodic.queue_due_tasks()
            theirs = [mail for mail in outbox() if mail["To"] == "eilidh@example.com"]
            return [mail for mail in theirs if "Confirm" not in mail["Subject"]]

    return emails


def test_nothing_but_one_letter_is_sent_before_the_owner_confirms(
    article: Article, outbox: Outbox, say: Say, at: Callable[[timedelta], list[EmailMessage]]
) -> None:
    answer = ask()
    assert "We sent an email to eilidh@example.com" in answer.text
    [email] = outbox()
    assert email["To"] == "eilidh@example.com"
    assert "Why high tide comes later" in email["Subject"]
    say("It turns.")
    assert at(DAY) == []
    browser = Client()
    assert "Do you want an email once a day" in browser.get(
        link_in(email, "/notifications/confirm/")
    ).text.replace("\n", " ")
    assert Subscription.objects.get().confirmed_at is None


@pytest.mark.parametrize(
    ("still_offered", "subject"), [(True, "1 neuer Kommentar"), (False, "1 new comment")]
)
def test_each_email_is_in_the_language_of_the_page_while_the_site_has_it(
    article: Article,
    outbox: Outbox,
    say: Say,
    at: Callable[[timedelta], list[EmailMessage]],
    settings: Any,
    still_offered: bool,
    subject: str,
) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    ask(**OUR_PAGE, headers={"Accept-Language": "de"})
    [email] = outbox()
    assert "Bestätigen Sie, dass Sie" in email["Subject"]
    Client().post(link_in(email, "/notifications/confirm/"))
    say("It turns.")
    if not still_offered:
        settings.LANGUAGES = [("en", "English")]
    assert subject in at(DAY)[-1]["Subject"]


def test_the_page_of_an_article_leads_to_the_form(
    article: Article, client_of: Callable[[User], Client], reader: User
) -> None:
    assert f'href="{ADDRESS}"' in Client().get("/articles/high-tide/").text
    assert 'name="email"' in Client().get(ADDRESS).text
    assert client_of(reader).get(ADDRESS)["Location"] == "/articles/high-tide/#discussion"
    assert not Subscription.objects.exists()


def test_a_daily_email_has_the_best_of_what_is_new(
    confirmed: Subscription, say: Say, at: Callable[[timedelta], list[EmailMessage]]
) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        comments = [say(f"Words {number}.") for number in range(7)]
        Comment.objects.filter(pk=comments[6].pk).update(rank=50)
        Comment.objects.filter(pk=comments[5].pk).update(status="removed")
    [email] = at(2 * DAY)
    assert email["Subject"] == "6 new comments: Why high tide comes later"
    assert "Words 6." in text_of(email)
    assert "Words 5." not in text_of(email)
    assert email["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(at(3 * DAY)) == 1
    Client().post(link_in(email, "/notifications/unsubscribe/"))
    assert not Subscription.objects.exists()


def test_there_is_no_email_without_news(
    confirmed: Subscription, at: Callable[[timedelta], list[EmailMessage]]
) -> None:
    assert at(2 * DAY) == []


def test_a_comment_that_waited_is_told_when_it_was_approved_and_once(
    confirmed: Subscription,
    discussion: Discussion,
    reader: User,
    moderator: User,
    at: Callable[[timedelta], list[EmailMessage]],
) -> None:
    Policy.objects.create(mode=Policy.Mode.BEFORE)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        comment = post_comment(discussion, by=reader, body="At last.", key="k")
    assert at(2 * DAY) == []
    with time_machine.travel(timezone.now() + 2 * DAY + timedelta(hours=1)):
        decisions.approve(comment, by=moderator)
    [email] = at(4 * DAY)
    assert email["Subject"] == "1 new comment: Why high tide comes later"
    with time_machine.travel(timezone.now() + 4 * DAY + timedelta(hours=1)):
        decisions.remove(comment, by=moderator, reason="spam")
        decisions.restore(comment, by=moderator)
    assert len(at(6 * DAY)) == 1


def test_the_answer_is_the_same_for_every_address(
    article: Article, confirmed: Subscription, reader: User
) -> None:
    texts = {
        ask(email).text.replace(email, "X")
        for email in ("eilidh@example.com", "ines@example.com", "new@example.com")
    }
    assert len(texts) == 1


def test_an_address_gets_no_more_letters_than_codes(article: Article, outbox: Outbox) -> None:
    statuses = [ask().status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert len(outbox()) == 2
    assert Client().post("/accounts/signup/", {"email": "eilidh@example.com"}).status_code != 302


def test_the_owner_can_refuse_all_such_letters(article: Article, outbox: Outbox) -> None:
    ask()
    [email] = outbox()
    assert "Never ask this address again" in text_of(email)
    link = link_in(email, "/notifications/unsubscribe/")
    said = "We send no notifications to eilidh@example.com any more, including those of an account"
    assert "Send no notifications to eilidh@example.com" in Client().get(link).text
    assert said in " ".join(Client().post(link).text.split())
    assert Suppression.objects.get().cause == "asked"
    assert not Subscription.objects.exists()
    ask()
    assert len(outbox()) == 1


def test_an_unconfirmed_address_is_forgotten_after_a_week(article: Article, outbox: Outbox) -> None:
    ask()
    [email] = outbox()
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        periodic.queue_due_tasks()
        assert not Subscription.objects.exists()
        assert Client().post(link_in(email, "/notifications/confirm/")).status_code == 410


def test_an_owner_with_an_account_follows_with_it(
    article: Article, outbox: Outbox, reader: User
) -> None:
    ask("ines@example.com")
    Client().post(link_in(outbox()[0], "/notifications/confirm/"))
    assert list(Subscription.objects.values_list("person__username", "email")) == [
        ("Ines Okafor", "")
    ]


def test_who_signs_up_later_follows_with_the_account(
    confirmed: Subscription, at: Callable[[timedelta], list[EmailMessage]]
) -> None:
    join(email="eilidh@example.com", username="Eilidh Ross")
    at(2 * DAY)
    assert Subscription.objects.get().person.username == "Eilidh Ross"


@pytest.mark.parametrize("email", ["", "no address", "a@b", "x@example.com\nBcc: y@example.com"])
def test_a_wrong_address_is_refused(email: str, article: Article, outbox: Outbox) -> None:
    assert ask(email).status_code == 422
    assert outbox() == []


def test_a_form_of_another_site_is_refused(article: Article, outbox: Outbox) -> None:
    assert ask("eilidh@example.com", HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert outbox() == []


def test_a_withdrawn_article_is_not_told(
    confirmed: Subscription, say: Say, at: Callable[[timedelta], list[EmailMessage]]
) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        say("It turns.")
    Article.objects.update(status="draft")
    assert at(2 * DAY) == []


def test_a_hundred_followers_take_one_task_after_another(
    article: Article, run_tasks: Callable[[], None], monkeypatch: pytest.MonkeyPatch, say: Say
) -> None:
    monkeypatch.setattr(followers, "AT_ONCE", 2)
    now = timezone.now()
    for number in range(5):
        Subscription.objects.create(
            article=article, email=f"f{number}@example.com", confirmed_at=now, told_until=now
        )
    with time_machine.travel(now + timedelta(hours=1)):
        say("It turns.")
    with time_machine.travel(now + 2 * DAY):
        periodic.queue_due_tasks()
        run_tasks()
        assert not followers.has_due_emails()
