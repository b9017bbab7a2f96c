"""The second factor: its codes, its limits, its setting up and its end."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from articles.models import Article
from forum.models import Comment
from tests.accounts.factors import (
    ASKED,
    LOGIN,
    App,
    Passkey,
    recovery_code,
    sign_in,
)
from tests.conftest import PASSWORD
from tests.forum.posting.drafts import write
from tests.mail import Outbox, code_in, text_of

FACTORS = "/accounts/2fa/"
ACTIVATE = "/accounts/2fa/totp/activate/"
SHORT = "herons1wade"


def test_an_app_code_works_once(reader: User, app: App, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to("2026-11-20 12:00:01")
    code, browsers = app.code(), [Client(), Client()]
    for browser, seconds in zip(browsers, (2, 45), strict=True):
        time_machine.move_to(f"2026-11-20 12:00:{seconds:02}")
        sign_in(browser, reader)
        page = browser.post(ASKED, {"code": code})
    assert b"This code has been used" in page.content
    assert [get_user(browser).is_authenticated for browser in browsers] == [True, False]


def test_an_app_code_may_be_typed_in_groups_and_a_little_late(asked: Client, app: App) -> None:
    late = app.code(periods=-1)
    asked.post(ASKED, {"code": f"{late[:3]} {late[3:]}"})
    assert get_user(asked).is_authenticated


def test_an_old_app_code_is_refused(asked: Client, app: App) -> None:
    assert asked.post(ASKED, {"code": app.code(periods=-3)}).status_code == 422


def test_a_recovery_code_works_once_and_is_told_by_email(
    asked: Client, reader: User, outbox: Outbox
) -> None:
    code = recovery_code(reader)
    asked.post(ASKED, {"code": code})
    assert get_user(asked) == reader
    other = Client()
    sign_in(other, reader)
    assert other.post(ASKED, {"code": code}).status_code == 422
    [told] = [mail for mail in outbox() if "recovery code" in mail["Subject"]]
    assert "A recovery code was used" in text_of(told)


def test_five_wrong_codes_are_too_many_whichever_browser(asked: Client, reader: User) -> None:
    for _ in range(5):
        assert asked.post(ASKED, {"code": "000000"}).status_code == 422
    elsewhere = Client()
    sign_in(elsewhere, reader)
    response = elsewhere.post(ASKED, {"code": "000000"})
    assert response.status_code == 429
    assert b"Too many wrong codes. Try again in 15 minutes." in response.content


def test_who_guesses_elsewhere_does_not_lock_the_owner_out(
    asked: Client, reader: User, app: App
) -> None:
    asked.post(ASKED, {"code": app.code()})
    asked.post("/accounts/logout/")
    thief = Client()
    sign_in(thief, reader)
    for _ in range(6):
        refused = thief.post(ASKED, {"code": "000000"})
    assert refused.status_code == 429
    sign_in(asked, reader)
    asked.post(ASKED, {"code": app.code(periods=1)})
    assert get_user(asked) == reader


def test_right_codes_count_for_nothing(reader: User, time_machine: TimeMachineFixture) -> None:
    app = App(reader)
    start = timezone.now()
    for number in range(7):
        time_machine.move_to(start + timedelta(minutes=2 * number))
        browser = Client()
        sign_in(browser, reader)
        browser.post(ASKED, {"code": app.code()})
        assert get_user(browser) == reader


def test_another_browser_cannot_take_the_step(asked: Client, app: App) -> None:
    other = Client()
    assert other.post(ASKED, {"code": app.code()}).url == LOGIN
    assert not get_user(other).is_authenticated


@pytest.mark.parametrize("change", ["password", "email", "is_active"])
def test_a_change_of_the_account_ends_the_step(
    asked: Client, reader: User, app: App, change: str
) -> None:
    new = {"password": "!", "email": "other@example.com", "is_active": False}
    User.objects.filter(pk=reader.pk).update(**{change: new[change]})
    assert asked.post(ASKED, {"code": app.code()}).url.startswith(LOGIN)
    assert not get_user(asked).is_authenticated
    assert b"Your account has changed in the meantime." in asked.get(LOGIN).content


def test_the_step_is_over_after_a_quarter_of_an_hour(
    asked: Client, app: App, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(timezone.now() + timedelta(minutes=15, seconds=1))
    assert asked.post(ASKED, {"code": app.code()}).url == LOGIN


def test_the_step_can_be_left(asked: Client, reader: User) -> None:
    assert b'name="next" value="/"' in asked.get(ASKED).content
    asked.post("/accounts/logout/", {"next": "/topics/"})
    assert asked.get(ASKED).url == LOGIN


def test_somebody_else_who_was_signed_in_here_no_longer_is(
    client: Client, reader: User, other_reader: User, outbox: Outbox, app: App
) -> None:
    sign_in(client, other_reader)
    client.post("/accounts/password/reset/", {"email": reader.email})
    client.post("/accounts/password/reset/confirm/", {"code": code_in(outbox()[-1])})
    client.post("/accounts/password/reset/complete/", {"skip": "1"})
    assert not get_user(client).is_authenticated
    client.post(ASKED, {"code": app.code()})
    assert get_user(client) == reader


# --- What was written meanwhile ---


def test_the_code_of_a_draft_stays_used_when_the_step_follows(
    client: Client, article: Article, reader: User, outbox: Outbox, app: App
) -> None:
    draft = write(client, email=reader.email)
    code = code_in(outbox()[-1])
    client.post(draft, {"code": code})
    client.post("/accounts/logout/")
    again = client.post(draft, {"code": code})
    assert again.status_code == 422
    assert not Comment.objects.exists()


def test_the_page_of_a_draft_leads_to_the_step_that_is_left(
    client: Client, article: Article, reader: User, outbox: Outbox, app: App
) -> None:
    draft = write(client, email=reader.email)
    client.post(draft, {"code": code_in(outbox()[-1])})
    assert client.get(draft).url == ASKED
    assert b"Your comment is saved. It is posted after this step." in client.get(ASKED).content


def test_a_text_that_is_changed_before_the_step_is_not_posted(
    client: Client, article: Article, reader: User, outbox: Outbox, app: App
) -> None:
    """The owner of the address opens the link of a stranger's text, and says that it is theirs."""
    stranger = Client()
    write(stranger, email=reader.email, key="k" * 32)
    link = next(line for line in text_of(outbox()[-1]).split() if "/drafts/" in line)
    client.post(link.removeprefix("http://localhost:8000"), {"mine": "yes"})
    write(stranger, "Something else.", email=reader.email, key="k" * 32)
    response = client.post(ASKED, {"code": app.code()})
    assert "/drafts/" in response.url
    assert not Comment.objects.exists()


# --- Trust ---


def test_a_trusted_browser_is_not_asked_for_30_days(
    asked: Client, reader: User, app: App, time_machine: TimeMachineFixture
) -> None:
    asked.post(ASKED, {"code": app.code(), "trust": "on"})
    asked.post("/accounts/logout/")
    sign_in(asked, reader)
    assert get_user(asked) == reader
    asked.post("/accounts/logout/")
    time_machine.move_to(timezone.now() + timedelta(days=30, minutes=1))
    assert sign_in(asked, reader).url == ASKED


@pytest.mark.parametrize("change", ["password", "factor"])
def test_trust_ends_with_a_new_password_or_factor(
    asked: Client, reader: User, app: App, change: str
) -> None:
    asked.post(ASKED, {"code": app.code(), "trust": "on"})
    asked.post("/accounts/logout/")
    if change == "password":
        reader.set_password("a lantern on the pier")
        reader.save()
    else:
        Passkey(reader)
    password = "a lantern on the pier" if change == "password" else PASSWORD
    assert sign_in(asked, reader, password).url == ASKED


def test_a_browser_is_not_trusted_unasked(asked: Client, reader: User, app: App) -> None:
    asked.post(ASKED, {"code": app.code()})
    asked.post("/accounts/logout/")
    assert sign_in(asked, reader).url == ASKED
