"""Pages set no cookie that the privacy page does not list, and none before somebody acts."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.models import Article
from forum.models import Comment
from privacy.cookies import COOKIES
from tests.conftest import OUR_PAGE, PASSWORD
from tests.mail import Outbox, code_in
from tests.privacy.places import LINK, NOT_OPENED

STARTS = ["/", "/articles/high-tide/", "/help/privacy/", "/accounts/login/", "/accounts/signup/"]
COMMENTS = "/articles/high-tide/comments/"


def walk(browser: Client, start: list[str]) -> set[str]:
    """Open every page that links lead to, and return the names of the cookies that were set."""
    waiting, seen, cookies = [*start], {*start}, set[str]()
    while waiting:
        response = browser.get(waiting.pop())
        cookies |= response.cookies.keys()
        for link in LINK.findall(response.getvalue().decode(errors="replace")):
            address = link.partition("?")[0]
            if address not in seen and not NOT_OPENED.match(address):
                seen.add(address)
                waiting.append(address)
    return cookies


def act(browser: Client, person: User, comment: Comment, outbox: Outbox) -> set[str]:
    """Do everything that sets a cookie, and return their names."""
    responses = [
        browser.post("/theme/", {"theme": "dark"}, **OUR_PAGE),
        browser.post("/reading/", {"sort": "newest"}, **OUR_PAGE),
        browser.post(reverse("vote", args=[comment.pk]), {"value": "1"}, **OUR_PAGE),
        browser.post(COMMENTS, {"body": "Ebb.", "email": person.email}, **OUR_PAGE),
    ]
    code = code_in(outbox()[-1])
    responses.append(browser.post(responses[-1].url, {"code": code, "draft": "1234567-1"}))
    responses.append(browser.get("/accounts/"))
    responses.append(browser.post("/accounts/logout/"))
    responses.append(browser.get("/accounts/login/"))
    login = {"login": person.email, "password": PASSWORD}
    responses.append(browser.post("/accounts/login/", login, follow=True))
    return {name for response in responses for name in response.cookies}


@pytest.fixture
def listed() -> set[str]:
    return {cookie.name for cookie in COOKIES}


def test_reading_sets_no_cookie(article: Article, say: Callable[..., Comment]) -> None:
    say("Ebb.")
    read = ["/", "/articles/high-tide/", "/topics/tides/", "/help/", "/help/privacy/"]
    browser = Client()
    assert {name for page in read for name in browser.get(page).cookies} == set()


def test_every_cookie_is_listed(
    say: Callable[..., Comment],
    reader: User,
    other_reader: User,
    moderator: User,
    outbox: Outbox,
    listed: set[str],
    client_of: Callable[[User], Client],
) -> None:
    comment = say("Ebb.", by=other_reader)
    browser = Client()
    found = walk(browser, STARTS)
    found |= act(browser, reader, comment, outbox)
    found |= walk(browser, STARTS)
    found |= walk(client_of(moderator), [*STARTS, "/moderation/", "/desk/questions/"])
    assert found - listed == set()
    assert len(found) >= 8, "the walk does what sets cookies"
