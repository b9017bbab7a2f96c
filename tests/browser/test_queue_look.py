"""The queue as it looks: on every width, with a finger, and for those who listen."""

from collections.abc import Callable
from itertools import product

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from forum.models import Comment, Reason
from tests.browser.desk import Waits, kinds, sign_in, wait_until
from tests.browser.screens import DESK, NARROWEST, PHONE, SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.forum.moderation.conftest import other_moderator, report, waits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["other_moderator", "report", "sign_in", "waits"]


@axe
def test_axe_finds_nothing_and_what_is_pressed_is_large_enough(
    width: int,
    scheme: str,
    new_page: Callable[..., Page],
    sign_in: Callable[..., Page],
    waits: Waits,
    report: Callable[..., object],
    say: Callable[..., Comment],
    other_reader: User,
) -> None:
    case = waits(
        "You fool.", parent=say("What is a tide?"), spam_score=0.4, spam_words=[["fool", 1]]
    )
    report(case.comment, by=other_reader, note="Again")
    page = sign_in(new_page(viewport={"width": width, "height": 800}, color_scheme=scheme))
    page.keyboard.type("3b")
    found = violations(page)
    for path in ("?cause=spam", f"cases/{case.pk}/", "people/Ines%20Okafor/"):
        found += violations(page, page.url.split("/moderation/")[0] + f"/moderation/{path}")
        found += page.evaluate(SMALL_TARGETS)
    assert found == []


def test_nothing_is_wider_than_the_narrowest_screen(
    new_page: Callable[..., Page], sign_in: Callable[..., Page], waits: Waits
) -> None:
    case = waits("https://example.com/" + "long" * 40)
    page = sign_in(new_page(viewport={"width": NARROWEST, "height": 800}))
    page.keyboard.type("b")
    assert not page.evaluate(TOO_WIDE)
    for path in ("?cause=spam", f"cases/{case.pk}/", "people/Ines%20Okafor/"):
        page.goto(page.url.split("/moderation/")[0] + f"/moderation/{path}")
        assert not page.evaluate(TOO_WIDE), path


DECISIONS = ("approve", "remove")
WIDTHS = [PHONE, 414, 768, DESK]
# What stands under the middle of an element that was scrolled into sight, as a finger finds it.
IS_ON_TOP = """element => {
    element.scrollIntoView({block: "center"});
    const {left, top, width, height} = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
LIES_WITHIN = """element => {
    const inner = element.getBoundingClientRect();
    const outer = element.closest("article").getBoundingClientRect();
    return inner.left >= outer.left && inner.right <= outer.right && inner.bottom <= outer.bottom;
}"""


@pytest.mark.parametrize("has_script", [True, False])
def test_every_reason_can_be_pressed(
    new_page: Callable[..., Page], sign_in: Callable[..., Page], waits: Waits, has_script: bool
) -> None:
    case, _ = waits("One.", severity=90), waits("Two.")
    page = sign_in(new_page(has_touch=True, java_script_enabled=has_script))
    item = page.locator(f"#case-{case.pk}")
    summary, panel = (
        item.locator("details.reasons > summary"),
        item.locator("details.reasons fieldset"),
    )
    press(summary)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        assert summary.evaluate("summary => summary.offsetHeight") < 60
        assert panel.evaluate(LIES_WITHIN)
        for reason in map(str, Reason.labels):
            choice = panel.locator("label", has_text=reason)
            assert choice.evaluate(IS_ON_TOP), (width, reason)
            press(choice, by_touch=width < 768)
            expect(choice.locator("input")).to_be_checked()
    erase = panel.get_by_role("button", name="Delete without a trace")
    assert erase.evaluate(IS_ON_TOP)
    press(erase)
    wait_until(lambda: kinds() == ["erase"])


def test_nothing_of_an_item_is_covered_whatever_is_open(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    case, _ = waits("One.", severity=90), waits("Two.")
    item = sign_in(page).locator(f"#case-{case.pk}")
    for width, name in product(WIDTHS, ("reasons", "edit", "sanction", "note")):
        page.set_viewport_size({"width": width, "height": 740})
        item.locator(f"details.{name} > summary").click()
        pressed = item.locator(":is(button, summary, label, select, textarea):visible")
        covered = pressed.evaluate_all(
            f"all => all.filter(each => !({IS_ON_TOP})(each)).map(each => each.outerHTML)"
        )
        assert covered == [], (width, name)
        item.locator(f"details.{name} > summary").click()


def test_on_a_phone_decisions_stay_in_reach(
    new_page: Callable[..., Page], sign_in: Callable[..., Page], waits: Waits
) -> None:
    case, _ = waits("Long.\n\n" * 60, severity=90), waits("Two.")
    page = sign_in(new_page(viewport={"width": PHONE, "height": 740}, has_touch=True))
    item = page.locator(f"#case-{case.pk}")
    for name in DECISIONS:
        box = item.locator(f".main-decisions .{name}").bounding_box()
        assert box
        assert box["y"] < 740
    expect(page.get_by_label("Select all")).to_be_hidden()
    page.get_by_label("Select", exact=True).tap()
    expect(page.get_by_label("Select all")).to_be_visible()


def test_on_a_phone_a_comment_begins_early_and_takes_little(
    new_page: Callable[..., Page],
    sign_in: Callable[..., Page],
    waits: Waits,
    report: Callable[..., object],
    other_reader: User,
    moderator: User,
) -> None:
    case, own = waits("You are all fools.", severity=90), waits("Mine.", by=moderator)
    report(case.comment, by=other_reader, note="Third time")
    page = sign_in(
        new_page(viewport={"width": PHONE, "height": 740}, has_touch=True, is_mobile=True)
    )
    first, second = (page.locator(f"#case-{each.pk}").bounding_box() for each in (case, own))
    assert first
    assert second
    assert first["y"] < 300
    assert second["height"] < first["height"] <= 400
    approve, remove = (
        page.locator(f"#case-{case.pk} .main-decisions .{name}").bounding_box()
        for name in DECISIONS
    )
    assert approve
    assert remove
    assert approve["y"] == remove["y"]


def press(target: Locator, *, by_touch: bool = False) -> None:
    target.tap() if by_touch else target.click()
