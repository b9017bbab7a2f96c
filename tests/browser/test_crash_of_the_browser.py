"""Words outlive the browser they were typed in, even where it dies without a word."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from articles.models import Article
from tests.browser.conftest import FLAGS, PATIENCE
from tests.environment import CHROMIUM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "My harbour is half a kilometre up a river."


class MortalBrowser:
    """Chromium with a profile on disk, in a process group of its
    own, so that all of it can be killed at once.
    """

    def __init__(self, profile: Path, browser: Browser) -> None:
        self.profile, self.driver = profile, browser.browser_type

    def open(self) -> Page:
        port = self.profile / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        profile = f"--user-data-dir={self.profile}"
        # An empty page: with a new-tab page, which is a program,
        # a busy machine may never be done connecting.
        command = [
            str(CHROMIUM),
            "--headless=new",
            "--remote-debugging-port=0",
            profile,
            *FLAGS,
            "about:blank",
        ]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)
        deadline = time.monotonic() + 20
        while not (port.exists() and port.read_text().count("\n")):
            assert time.monotonic() < deadline
            time.sleep(0.05)
        connected = self.driver.connect_over_cdp(
            f"http://localhost:{port.read_text().splitlines()[0]}"
        )
        page = connected.contexts[0].new_page()
        page.set_default_timeout(PATIENCE)
        return page

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def mortal_browser(tmp_path: Path, browser: Browser) -> Iterator[MortalBrowser]:
    mortal = MortalBrowser(tmp_path / "profile", browser)
    yield mortal
    mortal.kill()


def test_words_survive_the_death_of_the_browser(
    mortal_browser: MortalBrowser, site: str, article: Article
) -> None:
    page = mortal_browser.open()
    page.goto(f"{site}/articles/high-tide/")
    page.get_by_label("Post your comment").fill(WORDS)
    expect(page.get_by_text("Draft saved on this device")).to_be_visible()
    mortal_browser.kill()
    page = mortal_browser.open()
    page.goto(f"{site}/articles/high-tide/")
    expect(page.get_by_label("Post your comment")).to_have_value(WORDS)
