"""An administrator lets somebody in again who lost the mailbox or the second step."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import Recovery, User
from accounts.rights import NotAllowed
from tests.accounts.factors import ASKED, App, Passkey, recovery_code, sign_in
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in, link_in, text_of

NEW = "new@example.com"
RESET = "/accounts/password/reset/"


@pytest.fixture
def announced(reader: User, moderator: User) -> Recovery:
    return Recovery.objects.announce(
        reader, by=moderator, reason="Met them.", new_email=NEW, removes_factors=True
    )


@pytest.fixture
def wait(time_machine: TimeMachineFixture, run_tasks: Any) -> Any:
    """`wait(days=2)`: time passes, and the worker does what is due."""

    def until(**time: int) -> None:
        run_tasks()
        time_machine.move_to(timezone.now() + timedelta(seconds=1, **time))
        run_tasks()

    return until


def told(outbox: Outbox, address: str) -> list[str]:
    return [mail["Subject"] for mail in outbox() if mail["To"] == address]


def test_the_owner_is_told_at_once_and_nothing_else_happens(
    announced: Recovery, reader: User, outbox: Outbox, wait: Any
) -> None:
    [letter] = outbox()
    assert letter["To"] == reader.email
    for words in (f"to the address {NEW}", "remove the second step", "Any sign-in stops it"):
        assert words in text_of(letter)
    wait(days=1, hours=23)
    assert User.objects.get(pk=reader.pk).email == reader.email
    assert Recovery.objects.get().outcome == "waiting"


def test_after_two_days_the_new_address_gets_in(
    announced: Recovery, reader: User, outbox: Outbox, wait: Any, client: Client
) -> None:
    App(reader)
    recovery_code(reader)
    SocialAccount.objects.create(user=reader, provider="google", uid="1")
    elsewhere = Client()
    elsewhere.force_login(reader)
    elsewhere.get("/accounts/")
    wait(days=2)
    assert Recovery.objects.get().outcome == "done"
    assert not get_user(elsewhere).is_authenticated
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()
    assert told(outbox, NEW) == ["You can sign in to Parley again"]
    client.post(RESET, {"email": NEW})
    client.post(f"{RESET}confirm/", {"code": code_in(outbox()[-1])})
    client.post(f"{RESET}complete/", {"skip": "1"})
    assert get_user(client) == reader


def test_the_old_address_can_undo_it_for_a_week(
    announced: Recovery, reader: User, outbox: Outbox, wait: Any
) -> None:
    wait(days=2)
    moved = next(mail for mail in outbox() if "was moved" in mail["Subject"])
    assert moved["To"] == reader.email
    owner = Client()
    owner.get(link_in(moved, "/accounts/email/restore/"))
    owner.post("/accounts/email/restore/")
    assert User.objects.get(pk=reader.pk).email == reader.email


def test_any_sign_in_of_the_owner_stops_it(
    announced: Recovery, reader: User, outbox: Outbox, wait: Any, client: Client
) -> None:
    sign_in(client, reader)
    assert Recovery.objects.get().outcome == "stopped"
    wait(days=2)
    assert User.objects.get(pk=reader.pk).email == reader.email
    assert "is stopped" in told(outbox, reader.email)[-1]


def test_half_a_sign_in_stops_nothing(announced: Recovery, reader: User, client: Client) -> None:
    app = App(reader)
    sign_in(client, reader)
    assert Recovery.objects.get().outcome == "waiting"
    client.post(ASKED, {"code": app.code()})
    assert Recovery.objects.get().outcome == "stopped"


def test_only_the_second_step_goes_where_only_it_is_lost(
    reader: User, moderator: User, wait: Any, client: Client
) -> None:
    Passkey(reader)
    Recovery.objects.announce(reader, by=moderator, reason="Phone.", removes_factors=True)
    wait(days=2)
    sign_in(client, reader)
    assert get_user(client) == reader
    assert reader.email == User.objects.get(pk=reader.pk).email


def test_a_short_password_goes_with_the_second_step(
    reader: User, moderator: User, wait: Any
) -> None:
    App(reader)
    reader.set_password("herons1wade")
    reader.save()
    Recovery.objects.announce(reader, by=moderator, reason="Phone.", removes_factors=True)
    wait(days=2)
    assert not User.objects.get(pk=reader.pk).has_usable_password()


def test_an_address_that_was_taken_meanwhile_stays_where_it_is(
    announced: Recovery, reader: User, other_reader: User, wait: Any
) -> None:
    User.objects.filter(pk=other_reader.pk).update(email=NEW)
    wait(days=2)
    assert Recovery.objects.get().outcome == "impossible"
    assert User.objects.get(pk=reader.pk).email == reader.email


@pytest.mark.parametrize("fields", [{}, {"new_email": "tomas@example.com"}])
def test_what_cannot_be_done_is_not_announced(
    reader: User, other_reader: User, fields: dict[str, str]
) -> None:
    with pytest.raises(ValidationError):
        Recovery.objects.announce(reader, reason="Met them.", **fields)


def test_one_waits_at_a_time(announced: Recovery, reader: User) -> None:
    with pytest.raises(ValidationError, match="is waiting already"):
        Recovery.objects.announce(reader, reason="Again.", removes_factors=True)


def test_only_administrators_do_it_and_not_for_themselves(
    reader: User, other_reader: User, moderator: User
) -> None:
    for by, person in ((other_reader, reader), (moderator, moderator)):
        with pytest.raises(NotAllowed):
            Recovery.objects.announce(person, by=by, reason="Please.", removes_factors=True)


def test_it_is_announced_and_withdrawn_in_the_admin(
    reader: User, moderator: User, client: Client, outbox: Outbox, wait: Any
) -> None:
    client.force_login(moderator)
    fields = {"person": reader.pk, "new_email": NEW, "reason": "Met them."}
    client.post("/admin/accounts/recovery/add/", fields)
    recovery = Recovery.objects.get()
    assert (recovery.by, recovery.outcome) == (moderator, "waiting")
    assert len(told(outbox, reader.email)) == 1
    assert client.get("/admin/accounts/recovery/").status_code == 200
    assert client.get(f"/admin/accounts/recovery/{recovery.pk}/change/").status_code == 200
    picked = {"action": "withdraw", "_selected_action": [recovery.pk]}
    client.post("/admin/accounts/recovery/", picked)
    assert Recovery.objects.get().outcome == "withdrawn"
    wait(days=2)
    assert User.objects.get(pk=reader.pk).email == reader.email


def test_it_is_announced_and_withdrawn_by_a_command(
    reader: User, capsys: pytest.CaptureFixture[str]
) -> None:
    reason = ["--reason", "Met them."]
    call_command("recover_account", reader.email, "--remove-second-step", *reason)
    assert "Announced to ines@example.com." in capsys.readouterr().out
    call_command("recover_account", reader.email, "--withdraw", *reason)
    assert Recovery.objects.get().outcome == "withdrawn"
    for arguments in (["nobody@example.com"], [reader.email]):
        with pytest.raises(CommandError):
            call_command("recover_account", *arguments, *reason)


def test_a_session_from_before_stops_nothing_until_it_is_proven(
    announced: Recovery, reader: User, outbox: Outbox, client: Client
) -> None:
    """A browser may have been left open. The link of the letter leads to where it is stopped."""
    client.force_login(reader)
    page = client.get(link_in(outbox()[-1], "/accounts/login/"), follow=True).content.decode()
    assert f"we move it to {NEW}" in page
    assert Recovery.objects.get().outcome == "waiting"
    client.post("/accounts/reauthenticate/?next=/accounts/", {"password": PASSWORD})
    assert Recovery.objects.get().outcome == "stopped"
    assert NEW not in client.get("/accounts/").content.decode()


def test_a_sign_in_while_it_is_being_done_is_quicker_or_too_late_and_never_both(
    announced: Recovery, reader: User, outbox: Outbox
) -> None:
    as_the_worker_read_it = Recovery.objects.get()
    Recovery.objects.stop(reader)
    as_the_worker_read_it.complete()
    assert Recovery.objects.get().outcome == "stopped"
    assert User.objects.get(pk=reader.pk).email == reader.email
    assert told(outbox, NEW) == []


def test_a_sign_in_after_it_was_done_is_not_told_that_it_is_stopped(
    announced: Recovery, reader: User, outbox: Outbox
) -> None:
    announced.complete()
    Recovery.objects.stop(reader)
    assert Recovery.objects.get().outcome == "done"
    assert not any("is stopped" in mail["Subject"] for mail in outbox())
