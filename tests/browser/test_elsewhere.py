"""The way to an account elsewhere and back in a real browser, with the policy on every page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from tests.accounts.elsewhere import Provider
from tests.browser.conftest import PATIENCE
from tests.browser.screens import TOO_WIDE, axe, violations
from tests.mail import Outbox, code_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """Return a page that may leave the site."""
    context = browser.new_context(java_script_enabled=request.param)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def go(page: Page, site: str, subject: str) -> None:
    page.goto(f"{site}/accounts/login/?next=/help/")
    page.get_by_role("button", name="Continue with Example ID").click()
    page.get_by_placeholder("sub").fill(subject)
    page.get_by_role("button", name="Authorize").click()


def test_a_newcomer_is_led_out_and_back(page: Page, site: str, provider: Provider) -> None:
    provider.knows("jonas", email="jonas@example.com", email_verified=True, name="Jonas Wick")
    go(page, site, "jonas")
    expect(page.get_by_label("Display name")).to_have_value("Jonas Wick")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{site}/help/")
    expect(page.get_by_role("link", name="Jonas Wick")).to_be_visible()


def test_an_account_is_proven_and_connected(
    page: Page, site: str, provider: Provider, reader: User, outbox: Outbox
) -> None:
    provider.knows("ines", email=reader.email, email_verified=True)
    go(page, site, "ines")
    page.get_by_role("button", name="Email me a code").click()
    page.get_by_label("Code").fill(code_in(outbox()[-1]))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{site}/help/")
    expect(page.get_by_text("You can sign in with Example ID from now on.")).to_be_visible()
    page.goto(f"{site}/accounts/")
    page.get_by_role("link", name="Accounts elsewhere").click()
    expect(page.get_by_text(reader.email)).to_be_visible()


@axe
def test_axe_finds_nothing_on_the_way_of_an_account_elsewhere(
    browser: Browser,
    site: str,
    provider: Provider,
    reader: User,
    outbox: Outbox,
    width: int,
    scheme: str,
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found: list[str] = []

    def look() -> None:
        page.wait_for_load_state()
        wide = ["too wide"] if page.evaluate(TOO_WIDE) else []
        found.extend(f"{page.url}: {problem}" for problem in [*violations(page), *wide])

    provider.knows("new", email="new@example.com", email_verified=True)
    provider.knows("known", email=reader.email, email_verified=True)
    page.goto(f"{site}/accounts/login/")
    look()
    for path in ("3rdparty/login/cancelled/", "3rdparty/login/error/", "oidc/openid/login/"):
        page.goto(f"{site}/accounts/{path}")
        look()
    for subject in ("new", "known"):
        go(page, site, subject)
        page.wait_for_url(f"{site}/accounts/3rdparty/signup/")
        look()
    page.get_by_role("button", name="Email me a code").click()
    page.get_by_label("Code").fill(code_in(outbox()[-1]))
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{site}/help/")
    page.goto(f"{site}/accounts/3rdparty/")
    look()
    context.close()
    assert found == []
