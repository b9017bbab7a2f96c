"""Typed text is restored in its tab, after a reload, a closed tab or an ended session, and
shown to nobody else.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from accounts.models import User
from articles.models import Article
from forum.log.models.action import ModerationAction
from forum.models import Comment
from forum.moderation import decisions
from tests.browser.test_walks import sign_in
from tests.forum.flagging import flag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/articles/high-tide/"
UNFOLD = (
    "field => { for (let at = field; (at = at.closest('details:not([open])'));) at.open = true }"
)
KEPT = "Draft saved on this device"
NOT_KEPT = "This browser does not save drafts."
COMMENT = "Post your comment"


def write(page: Page, field: Locator, text: str) -> None:
    field.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    expect(page.get_by_text(KEPT).locator("visible=true").first).to_be_visible()


def tab(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def comment_field(page: Page) -> Locator:
    return page.get_by_role("textbox", name=COMMENT)


def test_each_tab_keeps_its_own_text(page: Page, site: str, article: Article) -> None:
    page.goto(site + ADDRESS)
    write(page, comment_field(page), "From the first tab.")
    other = tab(page.context, site + ADDRESS)
    expect(comment_field(other)).to_have_value("")
    write(other, comment_field(other), "From the second tab.")
    for one, text in ((page, "From the first tab."), (other, "From the second tab.")):
        one.reload()
        expect(comment_field(one)).to_have_value(text)


def test_a_closed_tab_s_text_is_offered_again_the_newest_first(
    page: Page, site: str, article: Article, reader: User
) -> None:
    sign_in(page, site, reader)
    texts = ["The oldest.", "In between.", "The newest."]
    tabs = [tab(page.context, site + ADDRESS) for _ in texts]
    for one, text in zip(tabs, texts, strict=True):
        write(one, comment_field(one), text)
    for one in tabs:
        one.close()
    for text in reversed(texts):
        page.goto(site + ADDRESS)
        expect(comment_field(page)).to_have_value(text)
        page.get_by_role("button", name=COMMENT).click()
        expect(page.get_by_text("Your comment is published.")).to_be_visible()
    page.goto(site + ADDRESS)
    page.wait_for_timeout(300)
    expect(comment_field(page)).to_have_value("")
    assert Comment.objects.count() == 3


def test_posting_from_one_tab_leaves_the_text_of_the_other(
    page: Page, site: str, article: Article, reader: User
) -> None:
    sign_in(page, site, reader)
    first, second = (tab(page.context, site + ADDRESS) for _ in range(2))
    write(first, comment_field(first), "From the first tab.")
    write(second, comment_field(second), "From the second tab.")
    second.get_by_role("button", name=COMMENT).click()
    expect(second.get_by_text("Your comment is published.")).to_be_visible()
    first.close()
    page.goto(site + ADDRESS)
    expect(comment_field(page)).to_have_value("From the first tab.")


@pytest.fixture
def fields(
    say: Callable[..., Comment], reader: User, other_reader: User, moderator: User
) -> dict[str, tuple[User, str, str]]:
    """Return, for each field of several lines, its writer, its address and its selector."""
    mine, theirs = say("Mine."), say("Theirs.", by=other_reader)
    held = say("To be looked at.", by=other_reader)
    decisions.remove(theirs, by=moderator, reason="spam")
    flag(held, by=reader)
    told = ModerationAction.objects.get(comment=theirs)
    case = held.cases.get(decided_at=None)
    return {
        "comment": (reader, ADDRESS, "#compose [name=body]"),
        "reply": (reader, f"/comments/{mine.pk}/reply/", "[name=body]"),
        "edit": (reader, f"/comments/{mine.pk}/edit/", "[name=body]"),
        "report": (other_reader, f"/comments/{mine.pk}/flag/", "[name=note]"),
        "objection": (other_reader, f"/moderation/statements/{told.pk}/", "[name=words]"),
        "note of a moderator": (moderator, f"/moderation/cases/{case.pk}/", "[name=note]"),
        "redaction": (moderator, f"/moderation/cases/{case.pk}/", "[name=body]"),
        "note about a person": (moderator, f"/moderation/people/{reader.username}/", "[name=note]"),
        "note about a comment": (moderator, f"/comments/{mine.pk}/moderate/", "[name=note]"),
    }


def test_every_longer_field_keeps_its_text(
    new_page: Callable[..., Page], site: str, fields: dict[str, tuple[User, str, str]]
) -> None:
    pages: dict[User, Page] = {}
    for person, address, selector in fields.values():
        if person not in pages:
            pages[person] = new_page()
            sign_in(pages[person], site, person)
        page = pages[person]
        write(page, opened(page, site + address, selector), f"Half of a sent {address}")
        page.goto(f"{site}/help/")
        expect(opened(page, site + address, selector)).to_have_value(f"Half of a sent {address}")


def opened(page: Page, address: str, selector: str) -> Locator:
    page.goto(address)
    field = page.locator(selector).first
    field.evaluate(UNFOLD)
    return field


def test_a_text_that_was_taken_is_no_draft_any_more(
    page: Page, site: str, fields: dict[str, tuple[User, str, str]]
) -> None:
    person, address, selector = fields["edit"]
    sign_in(page, site, person)
    page.goto(site + address)
    write(page, page.locator(selector), "Mine, and better.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your comment is changed.")).to_be_visible()
    page.goto(site + address)
    page.wait_for_timeout(300)
    expect(page.get_by_text(KEPT)).to_have_count(0)
    assert page.evaluate(DRAFTS) == []


DRAFTS = """() => new Promise((resolve) => {
    const opening = indexedDB.open("texts");
    opening.onsuccess = () => {
        const asked = opening.result.transaction("texts").objectStore("texts").getAll();
        asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result.map(({ body }) => body));
        };
    };
})"""


def test_a_refused_text_stays_a_draft(
    page: Page, site: str, fields: dict[str, tuple[User, str, str]]
) -> None:
    person, address, selector = fields["edit"]
    sign_in(page, site, person)
    page.goto(site + address)
    write(page, page.locator(selector), "x" * 20)
    page.context.clear_cookies(name="session")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You are signed out")).to_be_visible()
    sign_in(page, site, person)
    page.goto(site + address)
    expect(page.locator(selector)).to_have_value("x" * 20)


def test_a_reply_that_was_begun_is_announced_and_leads_back(
    page: Page, site: str, article: Article, say: Callable[..., Comment]
) -> None:
    say("Ask me anything.")
    page.goto(site + ADDRESS)
    page.get_by_role("link", name="Reply to Ines Okafor").click()
    write(page, page.get_by_role("textbox", name="Reply to Ines Okafor"), "Half a reply")
    page.reload()
    page.get_by_role("link", name="Continue your reply: “Half a reply”").click()
    expect(page.get_by_role("textbox", name="Reply to Ines Okafor")).to_have_value("Half a reply")
    expect(page.get_by_role("link", name="Continue your reply")).to_have_count(0)


def test_an_edit_that_was_begun_is_announced_on_the_article(
    page: Page, site: str, reader: User, say: Callable[..., Comment]
) -> None:
    comment = say("It is the moon.")
    sign_in(page, site, reader)
    page.goto(f"{site}/comments/{comment.pk}/edit/")
    write(page, page.locator("[name=body]"), "It is the moon, and")
    page.goto(site + ADDRESS)
    page.get_by_role("link", name="Continue editing your comment: “It is the moon, and”").click()
    expect(page.locator("[name=body]")).to_have_value("It is the moon, and")


def test_an_edit_that_is_saved_at_once_is_not_announced(
    page: Page, site: str, reader: User, say: Callable[..., Comment]
) -> None:
    comment = say("It is the moon.")
    sign_in(page, site, reader)
    page.goto(f"{site}/comments/{comment.pk}/edit/")
    page.locator("[name=body]").fill("It is the moon, and the sun.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your comment is changed.")).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.get_by_role("link", name="Continue editing your comment")).to_have_count(0)


def test_signing_out_forgets_the_drafts_in_every_tab(
    page: Page, site: str, article: Article, reader: User
) -> None:
    sign_in(page, site, reader)
    other = tab(page.context, site + ADDRESS)
    write(other, comment_field(other), "Nobody else is to read this.")
    page.goto(f"{site}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    expect(comment_field(other)).to_have_value("")
    page.goto(site + ADDRESS)
    page.wait_for_timeout(300)
    expect(comment_field(page)).to_have_value("")
    sign_in(page, site, reader)
    assert page.evaluate(DRAFTS) == []


def test_a_draft_follows_its_writer_through_signing_in_and_reaches_nobody_else(
    page: Page, site: str, article: Article, reader: User, other_reader: User
) -> None:
    page.goto(site + ADDRESS)
    write(page, comment_field(page), "Typed before signing in.")
    sign_in(page, site, reader)
    page.goto(site + ADDRESS)
    expect(comment_field(page)).to_have_value("Typed before signing in.")
    page.context.clear_cookies(name="session")  # the session ends; nobody signs out
    for person, text in ((None, ""), (other_reader, ""), (reader, "Typed before signing in.")):
        page.context.clear_cookies(name="session")
        if person:
            sign_in(page, site, person)
        page.goto(site + ADDRESS)
        page.wait_for_timeout(300)
        expect(comment_field(page)).to_have_value(text)


@pytest.mark.parametrize("refusal", ["IDBFactory.prototype.open", "IDBObjectStore.prototype.put"])
def test_nothing_is_claimed_where_the_browser_stores_nothing(
    page: Page, site: str, article: Article, refusal: str
) -> None:
    page.add_init_script(
        f"{refusal} = () => {{ throw new DOMException('No room', 'QuotaExceededError') }}"
    )
    page.goto(site + ADDRESS)
    comment_field(page).click()
    page.keyboard.type("Nobody keeps this.")
    expect(page.get_by_text(NOT_KEPT)).to_be_visible()
    expect(page.get_by_text(KEPT)).to_have_count(0)


def test_nothing_is_claimed_of_what_was_typed_before_the_script_came(
    page: Page, site: str, article: Article
) -> None:
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('No room') }")
    asked: list[Route] = []
    page.route("**/drafts*.js", lambda route: asked.append(route))  # noqa: PLW0108
    page.goto(site + ADDRESS)
    comment_field(page).click()
    page.keyboard.type("Nobody keeps this.")
    asked[0].continue_()
    expect(page.get_by_text(NOT_KEPT)).to_be_visible()


def test_old_drafts_go(page: Page, site: str, article: Article) -> None:
    page.goto(site + ADDRESS)
    write(page, comment_field(page), "From long ago.")
    page.evaluate(
        """() => new Promise((resolve) => {
            const opening = indexedDB.open("texts");
            opening.onsuccess = () => {
                const texts = opening.result.transaction("texts", "readwrite").objectStore("texts");
                texts.getAll().onsuccess = ({ target: { result: [draft] } }) => {
                    const now = Date.now();
                    const old = now - 31 * 24 * 60 * 60 * 1000;
                    texts.put({ ...draft, at: old }).onsuccess = resolve;
                    for (let n = 0; n < 60; n += 1) {
                        texts.put({ ...draft, id: `n${n}`, at: now - n });
                    }
                };
            };
        })"""
    )
    page.goto(f"{site}/help/")
    page.wait_for_timeout(300)
    assert len(page.evaluate(DRAFTS)) == 50
