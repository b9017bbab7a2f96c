"""People download what is stored about them, once a day, after a fresh proof."""

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings
from time_machine import TimeMachineFixture

from accounts.models import User
from accounts.profiles import set_picture
from forum.models import Comment, ModerationAction
from privacy import archive
from privacy.cleaning import clean
from privacy.models import Export
from privacy.notes import notes
from tests.mail import Outbox

EXPORT = "/accounts/export/"
Run = Callable[[], None]
Say = Callable[..., Comment]


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def page(browser: Client) -> str:
    return browser.get(EXPORT).content.decode()


def address() -> str:
    return f"{EXPORT}{Export.objects.get().pk}/"


def files_in(response: Any) -> dict[str, str]:
    with ZipFile(BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def rows_in(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def exported(browser: Client, outbox: Outbox) -> Callable[[], dict[str, str]]:
    def export() -> dict[str, str]:
        browser.post(EXPORT)
        outbox()
        return files_in(browser.get(address()))

    return export


def test_the_page_says_how_far_it_is(browser: Client, outbox: Outbox) -> None:
    assert "Prepare my data" in page(browser)
    browser.post(EXPORT)
    assert "being made" in page(browser)
    assert "is ready" in outbox()[-1]["Subject"]
    assert "You can download it until" in page(browser)


def test_one_is_made_a_day(
    browser: Client, outbox: Outbox, time_machine: TimeMachineFixture
) -> None:
    browser.post(EXPORT)
    first = Export.objects.get()
    assert b"once a day" in browser.post(EXPORT, follow=True).content
    outbox()
    browser.post(EXPORT)
    assert Export.objects.get() == first
    path = first.path
    time_machine.shift(timedelta(days=1, minutes=1))
    browser.post(EXPORT)
    assert Export.objects.get() != first
    assert not path.exists()


def test_an_export_that_fails_can_be_tried_again(
    browser: Client, run_tasks: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(archive, "_fill", lambda *_: 1 / 0)
        browser.post(EXPORT)
        run_tasks()
    assert "Try again" in page(browser)
    browser.post(EXPORT)
    run_tasks()
    assert "Your file is ready" in page(browser)


def test_the_download_asks_for_a_fresh_proof(
    browser: Client, outbox: Outbox, time_machine: TimeMachineFixture
) -> None:
    browser.post(EXPORT)
    outbox()
    assert browser.get(address())["Content-Type"] == "application/zip"
    time_machine.shift(360)
    assert browser.get(address()).url.startswith("/accounts/reauthenticate/")
    assert Client().get(address()).url.startswith("/accounts/login/")


def test_nobody_downloads_the_data_of_others(
    browser: Client,
    outbox: Outbox,
    other_reader: User,
    sign_in: Callable[[Client, User], None],
) -> None:
    browser.post(EXPORT)
    outbox()
    other = Client()
    sign_in(other, other_reader)
    answer = other.get(address(), follow=True)
    never = other.get(f"{EXPORT}00000000-0000-4000-8000-000000000000/", follow=True)
    assert answer.redirect_chain == never.redirect_chain == [(EXPORT, 302)]
    assert b"has expired" in answer.content


def test_the_file_goes_after_a_week(
    browser: Client, outbox: Outbox, time_machine: TimeMachineFixture
) -> None:
    browser.post(EXPORT)
    outbox()
    path = Export.objects.get().path
    assert path.stat().st_mode & 0o077 == 0
    time_machine.shift(timedelta(days=7, minutes=1))
    clean()
    assert not path.exists()
    assert not Export.objects.exists()
    assert "Prepare my data" in page(browser)


def test_files_of_no_export_go(browser: Client, time_machine: TimeMachineFixture) -> None:
    left_over = settings.DATA_DIR / "exports" / "0.tmp"
    left_over.parent.mkdir()
    left_over.write_text("half a file")
    clean()
    assert left_over.exists()  # it may be being written
    time_machine.shift(timedelta(hours=2))
    clean()
    assert not left_over.exists()


def test_an_export_without_an_end_has_failed(
    browser: Client, time_machine: TimeMachineFixture
) -> None:
    browser.post(EXPORT)
    time_machine.shift(timedelta(days=1, minutes=1))
    clean()
    assert "Try again" in page(browser)


# --- What is in it ---


def test_it_has_the_persons_own_rows_and_addresses_of_others(
    exported: Callable[[], dict[str, str]], say: Say, other_reader: User, reader: User
) -> None:
    theirs = say("Words of somebody else.", by=other_reader)
    mine = say("Mine: “ä” & <b>.", parent=theirs)
    reply = say("A reply of somebody else.", by=other_reader, parent=mine)
    files = exported()
    (row,) = rows_in(files["comments.jsonl"])
    site = settings.SITE_URL
    assert row["body"] == "Mine: “ä” & <b>."
    assert row["parent"] == f"{site}/comments/{theirs.pk}/"
    assert row["replies"] == [f"{site}/comments/{reply.pk}/"]
    assert "“ä”" in files["comments.jsonl"]
    assert rows_in(files["people.jsonl"])[0]["email"] == reader.email
    assert "Mine: “ä” &amp; &lt;b&gt;." in files["index.html"]
    assert "somebody else" not in "".join(files.values())
    assert {*json.loads(files["manifest.json"])["sha256"]} == {*files} - {"manifest.json"}


def test_it_has_no_secret_and_no_name_of_a_moderator(
    exported: Callable[[], dict[str, str]], say: Say, reader: User, moderator: User
) -> None:
    comment = say("Mine.")
    ModerationAction.record("warn", by=moderator, comment=comment, note="an internal note")
    text = "".join(exported().values())
    for secret in (reader.password, moderator.username, moderator.email, "an internal note"):
        assert secret not in text
    assert '"kind":"warn"' in text


def test_every_table_with_an_owner_can_be_exported(
    exported: Callable[[], dict[str, str]],
) -> None:
    exported()
    assert Export.objects.get().ready_at
    assert len({note.model for note in notes() if note.owner}) > 25


def test_what_others_wrote_under_an_address_is_not_in_it(
    exported: Callable[[], dict[str, str]], article: Any, say: Say, reader: User
) -> None:
    """Drafts of an address that the person proved are theirs; nobody else's are."""
    say("There.")
    for email in (reader.email, "somebody@example.com"):
        body = {"body": f"Draft for {email}.", "email": email}
        Client().post("/articles/high-tide/comments/", body, HTTP_SEC_FETCH_SITE="same-origin")
    text = "".join(exported().values())
    assert f"Draft for {reader.email}." in text
    assert "Draft for somebody@example.com." not in text


def test_a_picture_is_a_file_of_the_archive(
    reader: User, exported: Callable[[], dict[str, str]]
) -> None:
    set_picture(reader, b"picture")
    files = exported()
    name = f"uploads{reader.picture.get_absolute_url()}"
    assert files[name] == "picture"
    assert [row["data"] for row in rows_in(files["pictures.jsonl"])] == [name]
