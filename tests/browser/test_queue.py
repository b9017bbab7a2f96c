"""Moderators at work: with single keys, with a mouse, without a script, and beside others."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from forum.models import Case, Comment, ModerationAction
from forum.moderation import decisions
from tests.browser.desk import Waits, heading, kinds, sign_in, wait_until
from tests.browser.test_script import refuse
from tests.forum.moderation.conftest import other_moderator, report, waits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["other_moderator", "report", "sign_in", "waits"]


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
