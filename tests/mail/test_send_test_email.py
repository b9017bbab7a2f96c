import socket
import threading
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pytest_django import Settings

from tests.mail.smtp import DROP, Mood, mail_server


def test_every_step_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with mail_server({"AUTH": ""}) as server:
        call_command("send_test_email", "Ines@Example.com")
    steps = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert steps == ["resolve", "connect", "login", "accepted"]
    [email] = server.accepted
    assert email["To"] == "ines@example.com"
    assert email["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("mood", "step", "said"),
    [
        (
            {"AUTH": "535 5.7.8 Bad credentials"},
            "login",
            "password in EMAIL_URL is refused (535 5.7.8 Bad credentials)",
        ),
        ({"MAIL": "553 5.7.1 Not your address"}, "accepted", "check EMAIL_FROM"),
        (
            {"RCPT": "550 5.1.1 No such user"},
            "accepted",
            "the recipient is refused (550 5.1.1 No such user)",
        ),
        ({"DATA": "554 5.7.1 Spam"}, "accepted", "554 5.7.1 Spam"),
        ({"MAIL": DROP}, "accepted", "does not answer"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(mood: Mood, step: str, said: str) -> None:
    with mail_server(mood), pytest.raises(CommandError) as failed:
        call_command("send_test_email", "ines@example.com")
    [line] = str(failed.value).splitlines()
    assert line.startswith(f"{step}: ")
    assert said in line


@pytest.mark.parametrize(
    ("host", "tls", "step"),
    [
        ("nowhere.invalid", {}, "resolve"),
        ("127.0.0.1", {}, "connect"),
        ("127.0.0.1", {"EMAIL_USE_SSL": True}, "connect"),
    ],
)
def test_a_server_that_is_not_there_is_named(
    host: str, tls: dict[str, bool], step: str, settings: Settings
) -> None:
    with mail_server():
        port = settings.EMAIL_PORT
    with mail_server():
        place = {"EMAIL_HOST": host, "EMAIL_PORT": port, **tls}
        with override_settings(**place), pytest.raises(CommandError, match=f"{step}: .*EMAIL_URL"):
            call_command("send_test_email", "ines@example.com")


@pytest.mark.parametrize(
    ("tls", "said"),
    [
        ({"EMAIL_USE_TLS": True}, r"TLS: .* does not offer it"),
        ({"EMAIL_USE_SSL": True}, r"connect: .* write smtp\+tls://"),
    ],
)
def test_a_server_without_tls_is_told_from_one_that_is_away(
    tls: dict[str, bool], said: str
) -> None:
    with mail_server(), override_settings(**tls), pytest.raises(CommandError, match=said):
        call_command("send_test_email", "ines@example.com")


@pytest.fixture
def silent_server(settings: Settings) -> Iterator[None]:
    """Take connections and say nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=server.accept, daemon=True).start()
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.getsockname()
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_TIMEOUT = 0.2
        yield


def test_a_server_that_says_nothing_is_given_up(silent_server: None) -> None:
    with pytest.raises(CommandError, match=r"connect: .* does not answer"):
        call_command("send_test_email", "ines@example.com")


def test_without_a_server_the_email_is_a_file(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("send_test_email", "ines@example.com")
    assert str(settings.OUTBOX_DIR) in capsys.readouterr().out


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(CommandError, match="Enter an email address"):
        call_command("send_test_email", "ines")
