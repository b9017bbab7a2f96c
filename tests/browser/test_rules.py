"""The rules of the site in the admin: what a rule asks for, and that all of it is in reach."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Rule
from tests.browser.screens import DESK, PHONE, TOO_WIDE
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IS_CUT_OFF = """() => {
    const list = document.querySelector(".results");
    return list.scrollWidth > list.clientWidth;
}"""


@pytest.fixture
def rule() -> Rule:
    words = "\n".join(f"a long phrase {number}" for number in range(50))
    return Rule.objects.create(
        name="A long list", check_kind="words", words=words, explanation="x" * 300
    )


@pytest.fixture
def opened(new_page: Callable[..., Page], site: str, moderator: User) -> Callable[..., Page]:
    """`opened(address, …)` is a page of the admin in a browser of its own."""

    def open_page(address: str, *, width: int = DESK, **options: object) -> Page:
        page = new_page(viewport={"width": width, "height": 740}, **options)
        sign_in(page, site, moderator)
        page.goto(site + address)
        return page

    return open_page


def change(rule: Rule) -> str:
    return reverse("admin:forum_rule_change", args=[rule.pk])


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_all_of_the_list_is_in_reach(width: int, opened: Callable[..., Page], rule: Rule) -> None:
    page = opened(reverse("admin:forum_rule_changelist"), width=width)
    assert not page.evaluate(IS_CUT_OFF)
    assert not page.evaluate(TOO_WIDE)
    page.get_by_role("row", name=rule.name).get_by_role("link", name="Test it").click()
    expect(page.get_by_role("heading", name="Comments this rule matches")).to_be_visible()


def test_the_form_asks_for_what_the_kind_of_rule_reads(
    opened: Callable[..., Page], rule: Rule
) -> None:
    page = opened(change(rule))
    fields = {
        name: page.locator(f"#id_{name}") for name in ("words", "number", "and_words", "and_number")
    }

    def shown() -> set[str]:
        return {name for name, field in fields.items() if field.is_visible()}

    assert shown() == {"words"}
    page.locator("#id_check_kind").select_option("links")
    assert shown() == {"number"}
    page.locator("#id_and_check_kind").select_option("domains")
    fields["and_words"].fill("a.example")
    assert shown() == {"number", "and_words"}
    page.locator("#id_and_check_kind").select_option("")
    assert shown() == {"number", "and_words"}  # what is written for no kind cannot be saved
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Enter a number, 1 or more.")).to_be_visible()
    assert shown() == {"number", "and_words"}


def test_without_a_script_each_field_says_for_which_kinds_it_is(
    opened: Callable[..., Page], rule: Rule
) -> None:
    page = opened(change(rule), java_script_enabled=False)
    for name, kind in (
        ("words", "links to one of these domains"),
        ("number", "has N or more links"),
    ):
        for field in (name, f"and_{name}"):
            expect(page.locator(f"#id_{field}")).to_be_visible()
            expect(page.locator(f".field-{field} .help")).to_contain_text(kind)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_rule_is_read_whole_and_tried_from_beside_its_save_button(
    width: int, opened: Callable[..., Page], rule: Rule
) -> None:
    page = opened(change(rule), width=width)
    assert not page.evaluate(TOO_WIDE)
    assert page.locator("#id_explanation").evaluate("field => field.clientWidth") > (
        250 if width == PHONE else 500
    )
    page.locator("#id_name").fill("Renamed")
    page.get_by_role("button", name="Save and test it").click()
    expect(page.get_by_role("heading", name="Comments this rule matches")).to_be_visible()
    assert Rule.objects.get(pk=rule.pk).name == "Renamed"
