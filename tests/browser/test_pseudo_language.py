"""Every page in a language that is accented, longer and read from right to left.

Whatever people write here is in Persian, so that Latin letters without accents are a sentence that
is not translated.
"""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import trans_real
from playwright.sync_api import Page

from accounts.links import Purpose, sign, sign_for
from accounts.models import User
from articles.models import Article, Fact
from articles.writing import render_and_save
from forum.models import Comment, Discussion, Flag, FlagReason, Subscription
from forum.moderation import decisions
from forum.posting.post import post_comment
from tests.accounts.factors import sign_in
from tests.browser.screens import DESK, PHONE, TOO_WIDE
from tests.browser.test_direction import persian
from tests.catalogue import PSEUDO, PseudoTranslation
from tests.conftest import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["persian"]

# Names of things, which are the same in every language.
NAMES = {"UTC", "session", "csrf", "device", "draft", "vote", "theme", "language", "messages"}
NAMES |= {"taken", "texts", "signed", "out", "visit", "folded", "keys", "moderation", "sort"}
# Words in Latin letters that are shown or read aloud, without addresses and what is no language.
LATIN_WORDS = """() => {
    const text = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        const isLanguage = !parent.closest("code, kbd, script, style, option, [lang]:not(html)");
        if (isLanguage && parent.checkVisibility()) text.push(walker.currentNode.data);
    }
    for (const name of ["alt", "aria-label", "placeholder", "title"]) {
        const elements = document.querySelectorAll(`[${name}]`);
        for (const element of elements) text.push(element.getAttribute(name));
    }
    text.push(document.title);
    return text.flatMap((line) => line.replace(/\\S+[@./]\\S+/g, "").match(/[A-Za-z]{3,}/g) ?? []);
}"""

NO_PAGE = "/no/such/page/"
ANYBODY = [
    "/",
    "{article}",
    "{article}?sort=newest",
    "{article}new/?since=0",
    "{topic}",
    "{comment}",
    "{comment}reply/",
    "{comment}history/",
    "{comment}flag/",
    "{comment}vote/",
    "{removed}",
    "{person}",
    "/moderation/log/",
    "/moderation/report/",
    "/help/",
    "/help/privacy/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/login/code/",
    "/accounts/email/restore/",
    "/accounts/password/reset/key/",
    "/accounts/3rdparty/login/cancelled/",
    "/accounts/3rdparty/login/error/",
    "{follow}",
    "{confirm}",
    "{leave}",
    "{mute}",
    "/notifications/confirm/x/",
    NO_PAGE,
]
READER = [
    "{article}",
    "{comment}edit/",
    "{comment}delete/",
    "{comment}reply/",
    "{removed}reasons/",
    "/accounts/",
    "/accounts/email/",
    "/accounts/preferences/",
    "/accounts/profile/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/logout/",
    "/accounts/export/",
    "/accounts/delete/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/3rdparty/",
    "/flags/",
    "/moderation/statements/",
    "/notifications/",
    "/notifications/settings/",
]
MODERATOR = [
    "{article}",
    "{article}moderate/",
    "{comment}moderate/",
    "/moderation/",
    "/moderation/objections/",
    "/moderation/people/?q=%D8%A7",
    "/moderation/people/{name}/",
    "/desk/?state=published",
    "/desk/articles/new/",
    "/desk/questions/",
    "/desk/corrections/",
]


@pytest.fixture
def in_pseudo_language(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LANGUAGES = [(PSEUDO, "زبان")]
    settings.LANGUAGE_CODE = PSEUDO
    settings.SITE_NAME = "روزنامه"
    monkeypatch.setitem(trans_real._translations, PSEUDO, PseudoTranslation())


@pytest.fixture
def persian_reader(db: None) -> User:
    return person("ایناس")


@pytest.fixture
def addresses(
    persian: Article,
    author: User,
    persian_reader: User,
    moderator: User,
    run_tasks: Callable[[], None],
) -> dict[str, str]:
    """Return what the paths of this test name: an article with all that a page can show."""
    User.objects.filter(pk=author.pk).update(username="مارن", username_skeleton="m")
    User.objects.filter(pk=moderator.pk).update(username="اولون", username_skeleton="o")
    Fact.objects.create(article=persian, label="منبع", value="ماه", source="ماه", position=9)
    render_and_save(persian)
    say = comments_on(persian, persian_reader)
    comment = say("ماه و آب.")
    author.refresh_from_db()
    reply = comments_on(persian, author)("چرا؟", parent=comment)
    removed = say("پاک.")
    moderator.refresh_from_db()
    decisions.remove(removed, by=moderator, reason="spam")
    reason = FlagReason.objects.create(name="Off topic", reason="off_topic")
    Flag.objects.make(comment=reply, by=moderator, reason=reason)
    run_tasks()
    subscription = Subscription.objects.create(article=persian, email="x@example.com")
    to_leave = sign_for(persian_reader, Purpose.UNSUBSCRIBE, "replies")
    to_mute = sign_for(persian_reader, Purpose.MUTE, comment.pk)
    to_confirm = sign(Purpose.CONFIRM, "subscription", subscription.pk)
    return {
        "follow": reverse("follow_article", args=[persian.slug]),
        "confirm": reverse("confirm", args=[to_confirm]),
        "leave": reverse("unsubscribe", args=[to_leave]),
        "mute": reverse("mute_by_link", args=[to_mute]),
        "article": persian.get_absolute_url(),
        "topic": persian.topic.get_absolute_url(),
        "comment": f"/comments/{comment.pk}/",
        "removed": f"/comments/{removed.pk}/",
        "person": persian_reader.get_absolute_url(),
        "name": persian_reader.username,
    }


def comments_on(article: Article, reader: User) -> Callable[..., Comment]:
    discussion = Discussion.objects.of(article)

    def say(body: str, parent: Comment | None = None) -> Comment:
        words: Any = {"body": body, "parent": parent, "key": uuid4().hex, "at": timezone.now()}
        return post_comment(discussion, by=reader, **words)

    return say


@pytest.fixture
def opened(new_page: Callable[..., Page], site: str) -> Callable[..., Iterator[tuple[str, Page]]]:
    """`opened(paths, width, by=person)` yields each path with its page."""

    def pages(paths: list[str], width: int, by: User | None) -> Iterator[tuple[str, Page]]:
        page = new_page(viewport={"width": width, "height": 800})
        if by:
            name = site_settings.SESSION_COOKIE_NAME
            client = Client()
            sign_in(client, by)  # with the password: some pages ask for a fresh proof
            cookie = client.cookies[name].value
            page.context.add_cookies([{"name": name, "value": cookie, "url": site}])
        for path in paths:
            response: Any = page.goto(site + path)
            assert (response.status == 404) == (path == NO_PAGE), path
            yield path, page

    return pages


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("who", ["anybody", "reader", "moderator"])
def test_a_page_is_translated_and_fits(
    in_pseudo_language: None,
    addresses: dict[str, str],
    opened: Callable[..., Iterator[tuple[str, Page]]],
    persian_reader: User,
    moderator: User,
    who: str,
    width: int,
) -> None:
    paths = {"anybody": ANYBODY, "reader": READER, "moderator": MODERATOR}[who]
    by = {"anybody": None, "reader": persian_reader, "moderator": moderator}[who]
    in_english, too_wide, directions = {}, [], set()
    for path, page in opened([path.format(**addresses) for path in paths], width, by):
        words = {*page.evaluate(LATIN_WORDS)} - NAMES
        if words:
            in_english[path] = words
        if page.evaluate(TOO_WIDE):
            too_wide.append(path)
        directions.add(page.evaluate("() => getComputedStyle(document.body).direction"))
    assert (in_english, too_wide, directions) == ({}, [], {"rtl"})
