"""Text of the desk outlives its tab, and who loses the form to another is told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from articles.models import Article
from desk.models import KeptForm
from tests.browser.desk import sign_in, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["sign_in"]


def test_text_is_there_again_after_its_tab_was_killed(
    page: Page, sign_in: Callable[..., Page]
) -> None:
    sign_in(page, "/desk/articles/new/")
    page.locator("#id_title").fill("Kept here")
    expect(page.locator("[data-saved]")).to_contain_text("as your draft")
    assert KeptForm.objects.count() == 1
    context = page.context
    tab = context.new_page()
    page.close()
    tab.goto(page.url)
    expect(tab.locator("#id_title")).to_have_value("Kept here")
    tab.locator("#id_body").fill("Typed a moment before.")
    tab.wait_for_timeout(500)  # less than the pause after which the site gets it
    tab.close()
    again = context.new_page()
    again.goto(page.url)
    expect(again.locator("#id_body")).to_have_value("Typed a moment before.")
    again.get_by_role("button", name="Discard it").click()
    expect(again.locator("#id_title")).to_have_value("")
    wait_until(lambda: not KeptForm.objects.exists())


def test_who_has_the_form_is_told_of_a_takeover(
    page: Page,
    browser: Browser,
    sign_in: Callable[..., Page],
    reader: User,
    article: Article,
) -> None:
    User.objects.filter(pk=reader.pk).update(is_staff=True, is_superuser=True)
    reader.refresh_from_db()
    address = f"/desk/articles/{article.pk}/"
    sign_in(page, address)
    expect(page.locator("[data-lock]")).to_have_text("")
    page.wait_for_timeout(300)
    with browser.new_context() as context:
        other = sign_in(context.new_page(), address, reader)
        expect(other.locator("[data-lock]")).to_contain_text("Olwen Pryce")
        other.get_by_role("button", name="Take over").click()
        expect(other.locator("[data-lock]")).to_have_text("")
        expect(page.locator("[data-lock]")).to_contain_text("Ines Okafor", timeout=10_000)
        page.locator("#id_body").fill("Mine goes on.")
        expect(page.locator("[data-saved]")).to_contain_text("as your draft")
