"""Take the pictures of README.md and docs/moderating.md from a new
site with the sample articles.
"""

import re
import tempfile
import time
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.environment import CHROMIUM
from tests.server import Server

FOLDER = Path(__file__).parent
SIZE: ViewportSize = {"width": 1280, "height": 900}
PART: ViewportSize = {"width": 560, "height": 840}
ARTICLE = "/articles/why-high-tide-comes-later-every-day/"
SPAM = (
    "Work from home and earn $5,000 a week! Visit https://easy-money.example/start"
    " and https://easy-money.example/win now, limited offer, click here!"
)
PATIENCE = 60  # seconds for the emailed code


def make() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), database="")
        server.start()
        try:
            _take_pictures(server)
        finally:
            server.stop()


def _take_pictures(server: Server) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(color_scheme="light", reduced_motion="reduce").new_page()
        _take_article(page, server)
        _report_a_comment(page, server)
        _post_spam(page, server)
        page.context.clear_cookies()
        _sign_in(page, server)
        page.set_viewport_size(SIZE)
        page.goto(f"{server.site}/moderation/")
        page.screenshot(path=FOLDER / "queue.png")
        browser.close()


def _take_article(page: Page, server: Server) -> None:
    """Show the beginning of the article and its discussion side by side."""
    page.set_viewport_size(PART)
    parts = []
    for anchor in ("", "#facts", "#discussion"):
        page.goto(server.site + ARTICLE + anchor)
        parts.append(b64encode(page.screenshot()).decode())
    images = "".join(f'<img src="data:image/png;base64,{part}">' for part in parts)
    wide = page.context.new_page()
    wide.set_viewport_size({"width": PART["width"] * len(parts), "height": PART["height"]})
    wide.set_content(f'<body style="margin: 0; display: flex">{images}')
    wide.screenshot(path=FOLDER / "article.png")


def _report_a_comment(page: Page, server: Server) -> None:
    page.get_by_role("link", name=re.compile("^Report")).last.click()
    page.get_by_label("Off topic").check()
    page.get_by_label("Anything a moderator should know?").fill("This is about another article.")
    page.get_by_role("button", name="Report").click()


def _post_spam(page: Page, server: Server) -> None:
    """Post a comment that a rule holds, as a new reader does."""
    page.goto(server.site + ARTICLE)
    page.locator("form#compose [name=body]").fill(SPAM)
    page.locator("form#compose [name=email]").fill("dale@example.org")
    page.locator("form#compose .btn").first.click()
    page.get_by_label("Code").fill(_emailed_code(server))
    page.get_by_label("Display name").fill("Dale Winters")
    page.get_by_role("button", name="Post your comment").click()


def _emailed_code(server: Server) -> str:
    for _ in range(PATIENCE):
        for email in (server.folder / "data" / "outbox").glob("*"):
            if code := re.search(r"Subject: (\d{6}) ", email.read_text()):
                return code[1]
        time.sleep(1)
    raise TimeoutError("No code was emailed.")


def _sign_in(page: Page, server: Server) -> None:
    email, password = server.administrator_login()
    page.goto(f"{server.site}/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form .btn").first.click()


if __name__ == "__main__":
    make()
