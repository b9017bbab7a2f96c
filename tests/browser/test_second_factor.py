"""Passkeys and the second step in a real browser, with an authenticator of Chromium's own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from tests.accounts.factors import App, Passkey, code_of, recovery_code
from tests.browser.screens import SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_walks import WORDS, sign_in, write
from tests.conftest import PASSWORD
from tests.mail import Outbox, code_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FACTORS = "/accounts/2fa/"


def with_authenticator(page: Page) -> CDPSession:
    """Give the browser a device with a fingerprint reader."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def show_that_it_is_you(page: Page) -> None:
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").last.click()


def give_password(page: Page, site: str, person: User) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, site: str, person: User, *, alone: bool = True) -> None:
    sign_in(page, site, person)
    page.goto(f"{site}{FACTORS}webauthn/add/")
    show_that_it_is_you(page)
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Sign in with it alone").set_checked(alone)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def sign_out(page: Page, site: str) -> None:
    page.goto(f"{site}/accounts/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_passkey_is_added_and_signs_in_alone(page: Page, site: str, reader: User) -> None:
    with_authenticator(page)
    add_passkey(page, site, reader)
    page.goto(f"{site}{FACTORS}")
    expect(page.locator("b", has_text="Laptop")).to_be_visible()
    sign_out(page, site)
    page.goto(f"{site}/accounts/login/?next=/help/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site}/help/")
    expect(page.get_by_role("link", name=reader.username)).to_be_visible()


def test_a_passkey_is_the_second_step_and_the_comment_is_posted_after_it(
    page: Page, site: str, article: Article, reader: User, outbox: Outbox
) -> None:
    with_authenticator(page)
    add_passkey(page, site, reader, alone=False)
    sign_out(page, site)
    write(page, site, reader.email)
    page.get_by_role("button", name="Post your comment").click()
    page.get_by_label("Code").fill(code_in(outbox()[-1]))
    page.get_by_role("button", name="Post your comment").click()
    expect(page.get_by_text("It is posted after this step.")).to_be_visible()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.locator("article.comment", has_text=WORDS)).to_be_visible()


def test_what_goes_wrong_with_a_passkey_is_said(page: Page, site: str, reader: User) -> None:
    session = with_authenticator(page)
    add_passkey(page, site, reader)
    page.goto(f"{site}{FACTORS}webauthn/add/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("has a passkey for your account already")
    sign_out(page, site)
    session.send("WebAuthn.disable")
    session.send("WebAuthn.enable")
    page.goto(f"{site}/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('No')) }")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used.")


def test_a_passkey_is_a_fresh_proof(page: Page, site: str, reader: User) -> None:
    with_authenticator(page)
    add_passkey(page, site, reader)
    sign_out(page, site)
    page.goto(f"{site}/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}{FACTORS}recovery-codes/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_an_app_is_set_up_and_asked_for_without_javascript(
    page_without_javascript: Page, site: str, article: Article, reader: User, outbox: Outbox
) -> None:
    page = page_without_javascript
    sign_in(page, site, reader)
    page.goto(f"{site}/accounts/")
    page.get_by_role("link", name="Passkeys and second step").click()
    page.get_by_role("link", name="Set up an app").click()
    show_that_it_is_you(page)
    secret = page.locator("code").inner_text()
    page.get_by_label("Code from the app").fill(code_of(secret))
    page.get_by_role("button", name="Set up").click()
    recovery = page.locator(".codes code").first.inner_text()
    sign_out(page, site)
    write(page, site, reader.email)
    page.get_by_role("button", name="Post your comment").click()
    page.get_by_label("Code").fill(code_in(outbox()[-1]))
    page.get_by_role("button", name="Post your comment").click()
    page.get_by_text("Lost your phone or passkey?").click()
    page.get_by_label("or a recovery code").fill(recovery)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("article.comment", has_text=WORDS)).to_be_visible()


def test_a_passkey_is_not_offered_without_javascript(
    page_without_javascript: Page, site: str
) -> None:
    page_without_javascript.goto(f"{site}/accounts/login/")
    expect(page_without_javascript.get_by_role("button", name="Use a passkey")).to_be_hidden()


def pages(page: Page, site: str, person: User) -> list[str]:
    """Lead to each page of the second step, and return what is wrong with it."""
    found: list[str] = []

    def look() -> None:
        page.wait_for_load_state()
        wide = ["too wide"] if page.evaluate(TOO_WIDE) else []
        problems = [*violations(page), *wide, *page.evaluate(SMALL_TARGETS)]
        found.extend(f"{page.url.removeprefix(site)}: {problem}" for problem in problems)

    app = App(person)
    Passkey(person)
    recovery_code(person)
    give_password(page, site, person)
    look()
    page.get_by_role("button", name="Continue").click()
    look()
    page.get_by_label("Code").fill(app.code())
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{site}/")
    key = person.authenticator_set.get(type="webauthn").pk
    for path in (
        "",
        "totp/deactivate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "webauthn/add/",
        f"webauthn/keys/{key}/edit/",
        f"webauthn/keys/{key}/remove/",
    ):
        page.goto(f"{site}{FACTORS}{path}")
        look()
    page.goto(f"{site}/accounts/reauthenticate/?next=/")
    look()
    return found


@axe
def test_axe_finds_nothing_on_the_pages_of_the_second_step(
    new_page: Callable[..., Page], site: str, reader: User, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert pages(page, site, reader) == []


@axe
def test_axe_finds_nothing_where_a_second_step_is_set_up(
    new_page: Callable[..., Page],
    site: str,
    moderator: User,
    settings: Settings,
    width: int,
    scheme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, site, moderator)
    page.goto(f"{site}{FACTORS}totp/activate/")
    show_that_it_is_you(page)
    expect(page.get_by_role("heading", name="Set up an authenticator app")).to_be_visible()
    assert violations(page) == []
    settings.SECOND_FACTOR_REQUIRED = True
    give_password(page, site, moderator)
    expect(page.get_by_role("heading", name="Set up a second step")).to_be_visible()
    assert violations(page) == []
