"""Moderators at work: with single keys, with a mouse, without a script, and beside others."""

import time
from collections.abc import Callable
from itertools import product

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import User
from forum.models import Case, Comment, ModerationAction, Reason
from forum.moderation import decisions
from tests.browser.screens import DESK, NARROWEST, PHONE, SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_script import refuse
from tests.forum.moderation.conftest import other_moderator, report, waits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["other_moderator", "report", "waits"]

Waits = Callable[..., Case]


@pytest.fixture
def sign_in(site: str, moderator: User, client_of: Callable[[User], Client]) -> Callable[..., Page]:
    """Opens the queue in this page, signed in."""

    def signed_in(page: Page, path: str = "/moderation/", by: User = moderator) -> Page:
        cookie = client_of(by).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}]
        )
        page.goto(site + path)
        return page

    return signed_in


def heading(page: Page, case: Case) -> Locator:
    return page.locator(f"#case-{case.pk} h2")


def kinds() -> list[str]:
    return list(ModerationAction.objects.order_by("pk").values_list("kind", flat=True))


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not happened() and time.monotonic() < end:
        time.sleep(0.02)
    assert happened()


def test_several_are_cleared_by_keys_alone(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    cases = [waits(f"Comment {number}.", severity=90 - number) for number in range(4)]
    sign_in(page)
    for key, case in zip("xa", cases, strict=False):
        expect(heading(page, case)).to_be_focused()
        page.keyboard.press(key)
    expect(heading(page, cases[2])).to_be_focused()
    page.keyboard.type("3x")
    expect(heading(page, cases[3])).to_be_focused()
    page.keyboard.press("b")
    page.keyboard.press("Enter")
    expect(page.get_by_text("All done.")).to_be_focused()
    wait_until(lambda: len(kinds()) == 5)
    assert kinds() == ["remove", "approve", "remove", "ban", "remove"]
    assert list(Comment.objects.order_by("pk").values_list("removal_reason", flat=True)) == [
        "other", "", "off_topic", "other",
    ]  # fmt: skip


@pytest.mark.parametrize("place", [0, 1])
def test_a_page_opens_with_the_first_comment_marked_or_the_one_it_was_asked_for(
    place: int, page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    cases = [waits("One.", severity=90), waits("Two.")]
    sign_in(page, f"/moderation/#case-{cases[1].pk}" if place else "/moderation/")
    expect(heading(page, cases[place])).to_be_focused()
    assert place or page.evaluate("scrollY") == 0


def test_the_comment_of_whoever_moderates_is_left_to_others(
    page: Page, sign_in: Callable[..., Page], waits: Waits, moderator: User, other_moderator: User
) -> None:
    own, case = waits("Mine.", severity=90, by=moderator), waits("Theirs.")
    page.clock.install()
    sign_in(page)
    expect(heading(page, own)).to_be_focused()
    page.keyboard.type("xab3n")
    expect(page.locator("#notices")).to_contain_text("You wrote this comment.")
    page.get_by_label("Select all").check()
    expect(page.locator("[data-selected]")).to_have_text("1")
    expect(page.get_by_label("Select all")).to_be_checked()
    decisions.approve(own.comment, by=other_moderator)
    page.clock.fast_forward(25_000)
    expect(page.locator(f"#case-{own.pk}")).to_contain_text("Edda Lund approved a comment")
    page.get_by_role("button", name="Approve the selected comments").click()
    wait_until(lambda: not Case.objects.waiting().exists())
    assert case.comment.moderation_actions.count() == 1


def test_it_is_said_where_one_is(page: Page, sign_in: Callable[..., Page], waits: Waits) -> None:
    waits("One.", severity=90), waits("Two.")
    sign_in(page)
    page.keyboard.press("j")
    expect(page.locator("#notices")).to_contain_text("2 of 2")
    page.keyboard.press("k")
    expect(page.locator("#notices")).to_contain_text("1 of 2")


def slowly(route: Route) -> None:
    time.sleep(0.5)
    route.continue_()


def test_the_key_takes_back_the_latest_decision_though_that_is_still_on_its_way(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    first, second = waits("One.", severity=90), waits("Two.", severity=80)
    sign_in(page)
    page.route(f"**/cases/{second.pk}/", slowly)
    page.keyboard.type("x")
    expect(page.locator("#notices form[data-undo]")).to_be_visible()
    page.keyboard.type("xu")
    expect(heading(page, second)).to_be_focused()
    expect(heading(page, first)).to_be_hidden()


def test_undo_brings_back_one_after_the_other(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    first, second = waits("One.", severity=90), waits("Two.", severity=80)
    sign_in(page)
    page.keyboard.type("xx")
    expect(page.locator(".item:visible")).to_have_count(0)
    page.keyboard.press("u")
    expect(heading(page, second)).to_be_focused()
    page.keyboard.press("u")
    expect(heading(page, first)).to_be_focused()
    assert Case.objects.waiting().count() == 2
    expect(page.locator("[data-waiting]")).to_have_text("2")


def test_keys_are_switched_off_and_stay_off(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    case = waits("One.")
    sign_in(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    page.get_by_label("Use these keys in this browser").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.type("jx")
    expect(page.locator("body")).to_be_focused()
    assert Case.objects.waiting().get() == case


def test_letters_of_a_note_are_no_keys(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    case = waits("One.")
    sign_in(page)
    page.keyboard.press("n")
    page.keyboard.type("axu, third time")
    page.keyboard.press("Escape")
    expect(heading(page, case)).to_be_focused()
    page.keyboard.press("x")
    wait_until(lambda: kinds() == ["remove"])
    assert ModerationAction.objects.get().note == "axu, third time"


def test_something_is_edited_out(page: Page, sign_in: Callable[..., Page], waits: Waits) -> None:
    case = waits("Call 555 1234.", held=True)
    sign_in(page)
    page.keyboard.type("e")
    words = page.get_by_label("Remove what breaks the rules")
    expect(words).to_be_focused()
    words.fill("Call me.")
    page.keyboard.press("Control+Enter")
    wait_until(lambda: "edit" in kinds())
    assert Comment.objects.get(pk=case.comment_id).body == "Call me."


def test_a_warning_leaves_one_where_one_is(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    case = waits("One.")
    sign_in(page)
    page.keyboard.type("w")
    expect(page.locator("#notices")).to_contain_text("was warned")
    expect(heading(page, case)).to_be_focused()


def test_who_was_first_is_said_in_place(
    page: Page, sign_in: Callable[..., Page], waits: Waits, other_moderator: User
) -> None:
    case, following = waits("One.", severity=90), waits("Two.")
    sign_in(page)
    decisions.approve(case.comment, by=other_moderator)
    page.keyboard.type("x")
    expect(page.locator(f"#case-{case.pk}")).to_contain_text("Edda Lund approved a comment")
    expect(heading(page, following)).to_be_focused()
    assert kinds() == ["approve"]


def test_a_claim_shows_with_the_others(
    new_page: Callable[..., Page], sign_in: Callable[..., Page], waits: Waits, other_moderator: User
) -> None:
    case = waits("One.")
    mine, theirs = new_page(), new_page()
    sign_in(mine)
    wait_until(lambda: Case.objects.get(pk=case.pk).claimed_by is not None)
    sign_in(theirs, by=other_moderator)
    expect(theirs.locator(".claim")).to_have_text("Olwen Pryce is looking at this")


def test_several_are_ticked_and_removed(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    for number in range(3):
        waits(f"Spam {number}.")
    sign_in(page)
    page.get_by_label("Select all").check()
    page.get_by_role("button", name="Remove the selected comments").click()
    expect(page.locator("#notices")).to_contain_text("3 removed.")
    page.keyboard.press("u")
    expect(page.locator(".item:visible")).to_have_count(3)
    assert Case.objects.waiting().count() == 3


def test_the_next_ones_come_before_the_page_is_empty(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    for number in range(25):
        waits(f"{number}", severity=90 - number)
    sign_in(page)
    for _ in range(25):
        expect(page.locator(".item h2:focus")).to_be_visible()
        page.keyboard.press("a")
    expect(page.get_by_text("All done.")).to_be_visible()
    wait_until(lambda: not Case.objects.waiting().exists())


def test_a_decision_that_did_not_arrive_comes_back(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    case = waits("One.")
    sign_in(page)
    page.route("**", refuse)
    page.keyboard.type("x")
    expect(page.locator("#notices")).to_contain_text("That was not saved.")
    expect(page.locator(f"#case-{case.pk}")).to_be_visible()


def test_without_a_script_it_is_forms(
    page_without_javascript: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    case, following = waits("One.", severity=90), waits("Two.")
    page = sign_in(page_without_javascript)
    item = page.locator(f"#case-{case.pk}")
    item.get_by_text("Other reason").click()
    item.get_by_label("Off topic").check()
    item.get_by_role("button", name="Remove as off topic").click()
    assert page.url.endswith(f"#case-{following.pk}")
    assert Comment.objects.get(pk=case.comment_id).removal_reason == "off_topic"
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".item")).to_have_count(2)


@axe
def test_axe_finds_nothing_and_what_is_pressed_is_large_enough(
    width: int, scheme: str, new_page: Callable[..., Page], sign_in: Callable[..., Page], waits: Waits,
    report: Callable[..., object], say: Callable[..., Comment], other_reader: User,
) -> None:  # fmt: skip
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


def test_a_page_that_is_open_is_told_what_others_decide(
    page: Page, sign_in: Callable[..., Page], waits: Waits, other_moderator: User
) -> None:
    case = waits("One.")
    page.clock.install()
    sign_in(page)
    decisions.remove(case.comment, by=other_moderator, reason="spam")
    page.clock.fast_forward(25_000)
    expect(page.locator(f"#case-{case.pk}")).to_contain_text("Edda Lund removed a comment")
    expect(page.locator("[data-waiting]")).to_have_text("0")


DECISIONS = ("approve", "remove")
WIDTHS = [PHONE, 414, 768, DESK]
# What stands under the middle of an element that was scrolled into sight, as a finger finds it.
IS_ON_TOP = """element => {
    element.scrollIntoView({block: "center"});
    const {left, top, width, height} = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
LIES_WITHIN = """element => {
    const [inner, outer] = [element, element.closest("article")].map(each => each.getBoundingClientRect());
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


def test_a_key_only_marks_the_first_comment_while_none_is_marked(
    page: Page, sign_in: Callable[..., Page], waits: Waits
) -> None:
    first, second = waits("One.", severity=90), waits("Two.")
    sign_in(page)
    for key in "xahwensb3":
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(key)
        expect(heading(page, first)).to_be_focused()
    assert kinds() == []
    page.keyboard.press("x")
    expect(heading(page, second)).to_be_focused()
    wait_until(lambda: kinds() == ["remove"])


def test_on_a_phone_decisions_stay_in_reach(
    new_page: Callable[..., Page], sign_in: Callable[..., Page], waits: Waits
) -> None:
    case, _ = waits("Long.\n\n" * 60, severity=90), waits("Two.")
    page = sign_in(new_page(viewport={"width": PHONE, "height": 740}, has_touch=True))
    item = page.locator(f"#case-{case.pk}")
    for name in DECISIONS:
        assert item.locator(f".main-decisions .{name}").bounding_box()["y"] < 740  # type: ignore[index]
    expect(page.get_by_label("Select all")).to_be_hidden()
    page.get_by_label("Select", exact=True).tap()
    expect(page.get_by_label("Select all")).to_be_visible()


def test_on_a_phone_a_comment_begins_early_and_takes_little(
    new_page: Callable[..., Page], sign_in: Callable[..., Page], waits: Waits, report: Callable[..., object],
    other_reader: User, moderator: User,
) -> None:  # fmt: skip
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
