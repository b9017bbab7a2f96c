"""An account is deleted in three presses; for a week, signing in undoes it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.administrators import LastAdministrator
from accounts.leaving import keep_account
from accounts.models import User
from forum.models import Comment
from privacy import erasure
from privacy.cleaning import clean
from privacy.models import Deletion
from privacy.requests import delete_now, request_deletion
from tests.conftest import PASSWORD, person
from tests.mail import Outbox, text_of

DELETE = "/accounts/delete/"
Later = Callable[[], None]
Say = Callable[..., Comment]


def press_through(browser: Client, comments: str = "keep") -> str:
    browser.post(DELETE, {"comments": comments})
    page = browser.post(DELETE, {"comments": comments, "confirm": "1"}, follow=True)
    return page.content.decode()


def test_three_presses_request_the_deletion(browser: Client, reader: User) -> None:
    assert DELETE in browser.get(reverse("account")).content.decode()
    first = browser.get(DELETE).content.decode()
    assert "If you sign in before then, you keep it" in first
    second = browser.post(DELETE, {"comments": "keep"}).content.decode()
    assert "Delete my account" in second
    assert not Deletion.objects.exists()
    assert "Sign in before then to keep it" in press_through(browser)
    assert Deletion.objects.get().person == reader
    assert not get_user(browser).is_authenticated


def test_nobody_is_asked_to_confirm_without_a_choice(browser: Client) -> None:
    page = browser.post(DELETE, {"confirm": "1"})
    assert page.status_code == 422
    assert not Deletion.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_older_session_is_asked_for_a_fresh_proof(
    method: str, browser: Client, time_machine: TimeMachineFixture
) -> None:
    time_machine.shift(360)
    answer = getattr(browser, method)(DELETE, {"comments": "keep", "confirm": "1"})
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert not Deletion.objects.exists()


def test_every_session_ends(browser: Client, reader: User) -> None:
    other = Client()
    other.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    other.get(reverse("account"))
    press_through(browser)
    assert not get_user(other).is_authenticated


def test_the_email_says_when_and_how_to_keep_the_account(browser: Client, outbox: Outbox) -> None:
    press_through(browser)
    mail = outbox()[-1]
    assert "will be deleted" in mail["Subject"]
    assert "/accounts/login/" in text_of(mail)


def test_the_sign_in_page_says_so_in_this_browser_only(browser: Client) -> None:
    press_through(browser)
    browser.get("/")
    words = "Sign in before then to keep it"
    assert words in browser.get("/accounts/login/").content.decode()
    assert words not in Client().get("/accounts/login/").content.decode()


def test_signing_in_undoes_it(
    browser: Client, reader: User, outbox: Outbox, a_week_later: Later
) -> None:
    press_through(browser)
    page = browser.post(
        "/accounts/login/", {"login": reader.email, "password": PASSWORD}, follow=True
    )
    assert "will not be deleted" in page.content.decode()
    a_week_later()
    assert User.objects.filter(pk=reader.pk, is_active=True).exists()


def test_the_account_is_gone_after_a_week(
    browser: Client, reader: User, outbox: Outbox, a_week_later: Later
) -> None:
    press_through(browser)
    a_week_later()
    assert not User.objects.filter(pk=reader.pk).exists()
    assert not Deletion.objects.exists()


def test_nothing_happens_before(
    browser: Client, reader: User, run_tasks: Later, time_machine: TimeMachineFixture
) -> None:
    press_through(browser)
    time_machine.shift(timedelta(days=6, hours=23))
    clean()
    run_tasks()
    assert User.objects.filter(pk=reader.pk, is_active=True).exists()


def test_the_last_email_goes_out_before_the_address_is_erased(
    browser: Client, reader: User, outbox: Outbox, time_machine: TimeMachineFixture
) -> None:
    press_through(browser)
    time_machine.shift(timedelta(days=7))
    clean()
    assert "is deleted" in outbox()[-1]["Subject"]
    assert User.objects.filter(pk=reader.pk, is_active=False).exists()


def test_signing_in_comes_too_late_once_it_began(
    browser: Client, reader: User, run_tasks: Later, time_machine: TimeMachineFixture
) -> None:
    press_through(browser)
    time_machine.shift(timedelta(days=7))
    clean()
    run_tasks()
    browser.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    assert not get_user(browser).is_authenticated
    assert Deletion.objects.exists()


def test_the_last_administrator_cannot_leave(
    client: Client, moderator: User, sign_in: Callable[[Client, User], None]
) -> None:
    sign_in(client, moderator)
    assert "last active administrator" in client.get(DELETE).content.decode()
    client.post(DELETE, {"comments": "keep", "confirm": "1"})
    assert not Deletion.objects.exists()


def test_who_became_the_last_administrator_meanwhile_stays(
    moderator: User, run_tasks: Later, time_machine: TimeMachineFixture
) -> None:
    second = person("Ada Extra", is_staff=True, is_superuser=True)
    request_deletion(second, keeps_comments=True)
    User.objects.filter(pk=moderator.pk).update(is_superuser=False)
    time_machine.shift(timedelta(days=7))
    clean()
    run_tasks()
    assert User.objects.filter(pk=second.pk, is_active=True).exists()
    assert Deletion.objects.get().due_at > timezone.now()


def test_administrators_who_are_leaving_do_not_count(moderator: User) -> None:
    second = person("Ada Extra", is_staff=True, is_superuser=True)
    request_deletion(second, keeps_comments=True)
    with pytest.raises(LastAdministrator):
        request_deletion(moderator, keeps_comments=True)
    assert keep_account(second)
    assert request_deletion(moderator, keeps_comments=True)


def test_who_asks_twice_gets_one_email(reader: User, outbox: Outbox) -> None:
    """Both presses of a double click wait for the same account."""
    first, second = (request_deletion(reader, keeps_comments=True) for _ in range(2))
    assert second.due_at == first.due_at
    assert len(outbox()) == 1


def test_the_last_choice_about_comments_counts(reader: User, outbox: Outbox) -> None:
    for keeps_comments in (True, False):
        request_deletion(reader, keeps_comments=keeps_comments)
    assert not Deletion.objects.get().keeps_comments
    assert "Your comments are deleted, too." in text_of(outbox()[-1])


def test_an_administrator_does_not_change_the_choice(
    say: Say, reader: User, moderator: User
) -> None:
    comment = say("High water.")
    request_deletion(reader, keeps_comments=False)
    delete_now(reader, by=moderator)
    assert Comment.objects.get(pk=comment.pk).status == "deleted"


# --- Comments ---


def test_comments_stay_without_the_name(
    browser: Client, say: Say, reader: User, a_week_later: Later
) -> None:
    comment = say("High water.")
    press_through(browser, "keep")
    a_week_later()
    comment = Comment.objects.get(pk=comment.pk)
    assert (comment.author, comment.body, comment.status) == (None, "High water.", "published")
    page = browser.get("/articles/high-tide/").content.decode()
    assert "High water." in page
    assert reader.username not in page


def test_comments_go_and_leave_a_placeholder_where_replies_hang(
    browser: Client, say: Say, other_reader: User, a_week_later: Later
) -> None:
    alone, answered = say("Alone."), say("Answered.")
    reply = say("A reply.", by=other_reader, parent=answered)
    press_through(browser, "delete")
    a_week_later()
    page = browser.get("/articles/high-tide/").content.decode()
    assert "Answered." not in page
    assert f'id="c{alone.pk}"' not in page
    assert f'id="c{answered.pk}"' in page
    assert f'id="c{reply.pk}"' in page
    assert {*Comment.objects.filter(author=None).values_list("body", flat=True)} == {""}


def test_what_readers_do_not_see_goes_in_any_case(
    browser: Client, say: Say, a_week_later: Later
) -> None:
    deleted = say("Taken back.")
    browser.post(reverse("delete_comment", args=[deleted.pk]))
    press_through(browser, "keep")
    a_week_later()
    assert Comment.objects.get(pk=deleted.pk).body == ""


# --- Killed and repeated ---


def test_a_worker_that_dies_after_any_step_leaves_nothing_out(
    say: Say, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erasure, "SECONDS", -1.0)  # one step in each task
    monkeypatch.setattr("forum.maintenance.erasure.COMMENTS_AT_ONCE", 1)
    for number in range(6):
        say(f"Comment {number}.")
    deletion = Deletion.objects.create(
        person=reader,
        keeps_comments=False,
        due_at=timezone.now(),
        next_step_at=timezone.now(),
    )
    steps = 0
    while erasure.go_on(deletion.pk) is not None:
        erasure.go_on(deletion.pk)  # the lease of a dead worker ended: it is done twice
        steps += 1
    assert steps > 2
    assert not User.objects.filter(pk=reader.pk).exists()
    assert not Comment.objects.exclude(body="").exists()


def test_the_next_step_of_a_dead_worker_is_queued_again(
    reader: User, run_tasks: Later, time_machine: TimeMachineFixture
) -> None:
    request_deletion(reader, keeps_comments=True)
    time_machine.shift(timedelta(days=7))
    assert Deletion.objects.lease(reader.pk)  # and then it dies
    assert not Deletion.objects.lease(reader.pk)
    clean()
    run_tasks()
    assert User.objects.filter(pk=reader.pk, is_active=True).exists()
    for _ in range(3):
        time_machine.shift(timedelta(minutes=6))
        clean()
        run_tasks()
    assert not User.objects.filter(pk=reader.pk).exists()
