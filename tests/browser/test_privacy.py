"""People download their data and delete their account, without scripts and on every screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import User
from forum.models import Comment
from privacy.models import Deletion
from tests.browser.screens import NARROWEST, PHONE, SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_walks import sign_in
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EXPORT, DELETE = "/accounts/export/", "/accounts/delete/"


def prove(page: Page) -> None:
    """Confirm by the password who it is."""
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def screens_of(page: Page, site: str, run_tasks: Callable[[], None]) -> Iterator[str]:
    """Go through all states of both pages, and yield what to look at in each."""
    page.goto(f"{site}{EXPORT}")
    yield "export: none"
    page.get_by_role("button", name="Prepare my data").click()
    yield "export: being made"
    run_tasks()
    page.get_by_role("link", name="Check again").click()
    yield "export: ready"
    page.goto(f"{site}{DELETE}")
    prove(page)
    yield "delete: choice"
    page.get_by_role("button", name="Continue").click()
    yield "delete: nothing chosen"
    page.get_by_label("Delete my comments").check()
    page.get_by_role("button", name="Continue").click()
    yield "delete: confirmation"


@pytest.fixture(autouse=True)
def data_dir(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@axe
def test_axe_finds_nothing_and_nothing_is_too_wide_or_small(
    new_page: Callable[..., Page],
    site: str,
    reader: User,
    say: Callable[..., Comment],
    run_tasks: Callable[[], None],
    width: int,
    scheme: str,
) -> None:
    say("Ebb.")
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, site, reader)
    found = {}
    for screen in screens_of(page, site, run_tasks):
        found[screen] = violations(page)
        found[screen] += ["too wide"] * page.evaluate(TOO_WIDE) + page.evaluate(SMALL_TARGETS)
    assert {screen: names for screen, names in found.items() if names} == {}


def test_somebody_leaves_in_three_presses_without_scripts(
    new_page: Callable[..., Page], site: str, reader: User, say: Callable[..., Comment]
) -> None:
    say("Ebb.")
    page = new_page(viewport={"width": PHONE, "height": 740}, java_script_enabled=False)
    sign_in(page, site, reader)
    page.goto(f"{site}/accounts/")
    page.get_by_role("link", name="Delete your account").click()
    prove(page)
    page.get_by_label("Keep my published comments").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("1 published comment stays")).to_be_visible()
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("Sign in before then to keep it")).to_be_visible()
    assert Deletion.objects.get().keeps_comments
    page.goto(f"{site}/accounts/login/")
    expect(page.get_by_text("Sign in before then to keep it")).to_be_visible()
    sign_in(page, site, reader)
    expect(page.get_by_text("will not be deleted")).to_be_visible()
    assert not Deletion.objects.exists()


def test_somebody_downloads_their_data_without_scripts(
    new_page: Callable[..., Page], site: str, reader: User, run_tasks: Callable[[], None]
) -> None:
    page = new_page(viewport={"width": NARROWEST, "height": 740}, java_script_enabled=False)
    sign_in(page, site, reader)
    page.goto(f"{site}/accounts/")
    page.get_by_role("link", name="Download your data").click()
    page.get_by_role("button", name="Prepare my data").click()
    expect(page.get_by_text("being made")).to_be_visible()
    run_tasks()
    page.get_by_role("link", name="Check again").click()
    page.get_by_role("link", name="Continue").click()
    prove(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download", exact=True).click()
    assert download.value.suggested_filename.startswith("ines-okafor-")
