"""New comments on an open page are announced in a line, and shown when the reader asks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, Vote
from forum.moderation import decisions
from tests.browser.screens import axe, violations
from tests.browser.test_script import ADDRESS, refuse
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Say = Callable[..., Comment]
FIRST_ASKED, IDLE = 21_000, 601_000
LEVELS = """comments => comments.map((element) => {
    let n = 0; while (element = element.parentElement.closest('.thread')) n += 1;
    return n;
})"""
LINE = ".arrived a"
TOP = "element => element.getBoundingClientRect().top"


@pytest.fixture
def opened(page: Page, site: str, article: Article) -> Callable[..., Page]:
    """The page as a reader has it open, with a clock that the test winds."""

    def opened(address: str = ADDRESS) -> Page:
        page.clock.install()
        page.goto(site + address)
        keep_still(page, "none")
        return page

    return opened


@pytest.fixture
def asked(site: str) -> Callable[[Page], list[str]]:
    """The addresses a page asks for from now on, to learn what is new."""

    def asked(page: Page) -> list[str]:
        addresses: list[str] = []
        page.on(
            "request",
            lambda request: addresses.append(request.url) if "/live/" in request.url else None,
        )
        return addresses

    return asked


def test_what_arrives_is_told_and_nothing_moves(opened: Callable[..., Page], say: Say) -> None:
    first = say("The question.")
    page = opened()
    page.locator(".tools").evaluate("element => element.scrollIntoView({ behavior: 'instant' })")
    top = page.locator(f"#c{first.pk}").evaluate(TOP)
    say("An answer.", parent=first)
    say("Another thread.")
    page.clock.fast_forward(FIRST_ASKED)
    expect(page.locator(LINE)).to_have_text("2 new comments. Show")
    expect(page.get_by_role("status")).to_contain_text("2 new comments")
    assert page.locator(f"#c{first.pk}").evaluate(TOP) == top


@pytest.mark.parametrize("anchoring", ["none", "auto"])
def test_what_is_shown_stands_in_its_place_and_what_is_read_stays(
    opened: Callable[..., Page], say: Say, anchoring: str
) -> None:
    threads = [say(f"Thread {number}. " + "Many words. " * 80) for number in range(6)]
    page = opened(f"{ADDRESS}?sort=newest")
    keep_still(page, anchoring)
    read = page.locator(f"#c{threads[2].pk}")
    read.evaluate("element => element.scrollIntoView({ behavior: 'instant' })")
    answer, thread = say("An answer.", parent=threads[2]), say("A thread.")
    page.clock.fast_forward(FIRST_ASKED)
    expect(page.locator(LINE)).to_be_visible()
    # A focus that scrolls is the reader's wish; what is measured is the rest.
    page.evaluate(
        "() => { HTMLElement.prototype.focus = function () { window.focused = this.id } }"
    )
    top = read.evaluate(TOP)
    page.locator(LINE).evaluate("link => link.click()")
    expect(
        page.locator(f"li:has(> #c{threads[2].pk}) > .replies > .thread > li > #c{answer.pk}.new")
    ).to_be_visible()
    assert (
        page.locator(".talk > .thread > li").first.locator(".comment").get_attribute("id")
        == f"c{thread.pk}"
    )
    page.wait_for_timeout(50)
    assert abs(read.evaluate(TOP) - top) < 1
    assert page.evaluate("focused") == f"c{thread.pk}"


def test_a_press_leads_to_the_first_that_is_new(opened: Callable[..., Page], say: Say) -> None:
    first = say("The question.")
    page = opened()
    answers = [say(f"Answer {number}.", parent=first) for number in range(2)]
    page.clock.fast_forward(FIRST_ASKED)
    page.locator(LINE).click()
    expect(page.locator(f"#c{answers[0].pk}")).to_be_focused()
    expect(page.locator(f"#c{answers[0].pk} .next-new")).to_have_attribute(
        "href", f"#c{answers[1].pk}"
    )
    expect(page.locator(f"#c{answers[0].pk} .tag.new")).to_have_text("New")
    expect(page.locator("summary")).to_have_accessible_name("2 replies to Ines Okafor")
    expect(page.locator(LINE)).to_have_count(0)


def test_a_folded_thread_opens_for_what_is_new_in_it(opened: Callable[..., Page], say: Say) -> None:
    first = say("The question.")
    say("An answer.", parent=first)
    page = opened()
    page.locator("summary").click()
    answer = say("Another answer.", parent=first)
    page.clock.fast_forward(FIRST_ASKED)
    page.locator(LINE).click()
    expect(page.locator(f"#c{answer.pk}")).to_be_focused()


def test_answers_below_the_deepest_level_stay_on_it(
    opened: Callable[..., Page], site: str, say: Say
) -> None:
    comment = say("The first words.")
    for number in range(6):
        comment = say(f"Answer {number}.", parent=comment)
    page = opened()
    say("The last.", parent=comment)
    page.clock.fast_forward(FIRST_ASKED)
    page.locator(LINE).click()
    expect(page.locator(".comment.new .to.flat a")).to_have_attribute("href", f"#c{comment.pk}")
    shown = page.locator(".comment").evaluate_all(LEVELS)
    page.reload()
    assert page.locator(".comment").evaluate_all(LEVELS) == shown


def test_an_empty_discussion_gets_its_first_thread(opened: Callable[..., Page], say: Say) -> None:
    page = opened()
    comment = say("The first words.")
    page.clock.fast_forward(FIRST_ASKED)
    page.get_by_role("link", name="1 new comment. Show").click()
    expect(page.locator(f"#c{comment.pk}")).to_be_focused()
    expect(page.locator(".talk-h [data-comments]")).to_have_text("1 comment")
    expect(page.get_by_text("No comments yet")).to_have_count(0)


def test_votes_and_numbers_of_comments_are_kept_right(
    opened: Callable[..., Page], say: Say, other_reader: User, settings: Settings
) -> None:
    settings.VOTES_HIDDEN_MINUTES = 0
    comment = say("The question.")
    page = opened()
    Vote.objects.cast(comment=comment, by=other_reader, value=1)
    say("An answer.", parent=comment)
    page.clock.fast_forward(FIRST_ASKED)
    expect(page.locator(f"#c{comment.pk} [data-votes]")).to_have_text("1")
    assert page.locator("[data-comments]").all_text_contents() == ["2 comments", "2 comments"]


def test_who_writes_says_what_they_were_shown(opened: Callable[..., Page], say: Say) -> None:
    first = say("The question.")
    page = opened()
    answer = say("An answer.", parent=first)
    page.clock.fast_forward(FIRST_ASKED)
    expect(page.locator(LINE)).to_be_visible()
    page.get_by_role("link", name="Reply to Ines Okafor").click()
    seen = page.locator("[name=seen]")
    expect(seen.last).to_have_value(str(first.pk))
    page.locator(LINE).click()
    expect(seen.last).to_have_value(str(answer.pk))
    expect(seen.first).to_have_value(str(answer.pk))


def test_what_a_moderator_removed_meanwhile_is_not_told(
    opened: Callable[..., Page], say: Say, moderator: User
) -> None:
    page = opened()
    comment = say("Buy cheap watches.")
    page.clock.fast_forward(FIRST_ASKED)
    expect(page.locator(LINE)).to_be_visible()
    decisions.remove(comment, by=moderator, reason="spam")
    page.clock.fast_forward(FIRST_ASKED)
    expect(page.locator(LINE)).to_have_count(0)


def test_a_page_asks_less_and_less_and_not_when_nobody_reads(
    opened: Callable[..., Page], asked: Callable[[Page], list[str]], say: Say
) -> None:
    page = opened()
    asks = asked(page)
    for pause, expected in (
        (FIRST_ASKED, 1),
        (20_000, 2),
        (20_000, 2),
        (10_000, 3),
        (IDLE, 3),
        (IDLE, 3),
    ):
        page.clock.fast_forward(pause)
        page.wait_for_timeout(100)
        assert len(asks) == expected
    with page.expect_request("**/live/**"):
        page.keyboard.press("Shift")


def test_a_page_that_is_seen_again_asks_at_once(
    opened: Callable[..., Page], asked: Callable[[Page], list[str]], say: Say
) -> None:
    page = opened()
    asks = asked(page)
    see(page, "hidden")
    page.clock.fast_forward(IDLE)
    assert asks == []
    say("The first words.")
    see(page, "visible")
    expect(page.locator(LINE)).to_be_visible()


def test_an_answer_that_fails_is_asked_for_again(opened: Callable[..., Page], say: Say) -> None:
    page = opened()
    page.route("**", refuse)
    say("The first words.")
    with page.expect_response("**/live/**"):
        page.clock.fast_forward(FIRST_ASKED)
    expect(page.locator(LINE)).to_have_count(0)
    page.unroute("**")
    page.wait_for_timeout(100)
    page.clock.fast_forward(FIRST_ASKED * 2)
    expect(page.locator(LINE)).to_be_visible()


def test_without_an_answer_what_is_new_is_a_page(opened: Callable[..., Page], say: Say) -> None:
    page = opened()
    say("The first words.")
    page.clock.fast_forward(FIRST_ASKED)
    expect(page.locator(LINE)).to_be_visible()
    page.route("**", refuse)
    page.locator(LINE).click()
    page.wait_for_url("**/new/?since=0")
    expect(page.get_by_text("The first words.")).to_be_visible()


def test_what_i_wrote_is_not_new_to_me(
    opened: Callable[..., Page], site: str, say: Say, reader: User
) -> None:
    say("The first words.")
    sign_in(opened("/"), site, reader)
    page = opened()
    page.get_by_label("Post your comment").fill("My own words.")
    page.get_by_role("button", name="Post your comment").click()
    expect(page.get_by_text("My own words.")).to_be_visible()
    with page.expect_response("**/live/**"):
        page.clock.fast_forward(FIRST_ASKED)
    page.wait_for_timeout(100)
    expect(page.locator(LINE)).to_have_count(0)


@axe
def test_axe_finds_nothing_where_something_arrived(
    new_page: Callable[..., Page],
    site: str,
    discussion: Discussion,
    say: Say,
    width: int,
    scheme: str,
) -> None:
    first = say("The question.")
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.clock.install()
    page.goto(site + ADDRESS)
    for found in range(2):
        say(f"Answer {found}.", parent=first)
        page.clock.fast_forward(FIRST_ASKED)
        expect(page.locator(LINE)).to_be_visible()
        if not found:
            page.locator(LINE).click()
            expect(page.locator(LINE)).to_have_count(0)
    assert violations(page) == []


def keep_still(page: Page, anchoring: str) -> None:
    """Some browsers hold what is read in its place by themselves, some do not."""
    change = "anchoring => { document.documentElement.style.overflowAnchor = anchoring }"
    page.evaluate(change, anchoring)


def see(page: Page, state: str) -> None:
    page.evaluate(
        """state => {
            const hidden = { value: state === "hidden", configurable: true };
            Object.defineProperty(document, "hidden", hidden);
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )
