"""A draft is posted and opened by its writer alone."""

import pytest
from django.contrib.auth import get_user
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, Draft
from forum.posting.post import post_comment
from tests.conftest import OUR_PAGE, PASSWORD
from tests.forum.posting.drafts import write
from tests.mail import Outbox, code_in, link_in

STEPS = ["comments/", "comments/forgot/"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("mails_used", [0, 3])
@pytest.mark.parametrize("by_link", [False, True])
def test_a_code_mailed_to_one_address_never_signs_in_another(
    article: Article,
    reader: User,
    browser: Client,
    outbox: Outbox,
    step: str,
    mails_used: int,
    by_link: bool,
) -> None:
    for _ in range(mails_used):
        Client().post("/accounts/login/code/", {"email": reader.email})
    draft = write(browser, email="mallory@example.com", key="one")
    mail = next(each for each in outbox() if each["To"] == "mallory@example.com")
    fields = {"body": "My harbour is up a river.", "email": reader.email, "key": "one"}
    browser.post(f"/articles/high-tide/{step}", fields, **OUR_PAGE)
    if by_link:
        browser.post(link_in(mail, "/drafts/"))
    browser.post(draft, {"code": code_in(mail)})
    assert not get_user(browser).is_authenticated
    assert Comment.objects.count() == 0


def test_a_code_for_one_text_does_not_post_another(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    draft = write(browser, key="one")
    code = code_in(outbox()[0])
    write(browser, "Quite another text.", key="one")
    browser.post(draft, {"code": code, "username": "Jonas Wick"})
    assert Comment.objects.count() == 0
    browser.post(draft, {"code": code_in(outbox()[-1]), "username": "Jonas Wick"})
    assert Comment.objects.get().body == "Quite another text."


def test_a_draft_never_goes_from_one_person_to_another(
    article: Article, reader: User, other_reader: User, browser: Client, settings: Settings
) -> None:
    """One person is refused and signs out; another one signs in, in the same browser."""
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    settings.COMMENT_RATE = (1, 600)
    post_comment(Discussion.objects.of(article), by=reader, body="The first.", key="k0")
    first, second = write(browser, email=reader.email), write(browser, "Another one.", email="")
    browser.post(first, {"password": PASSWORD})
    assert Draft.objects.get(body__startswith="My harbour").person == reader
    browser.force_login(other_reader, backend=backend)
    assert "My harbour" not in browser.get(first).content.decode()
    browser.post("/accounts/logout/")
    browser.force_login(other_reader, backend=backend)
    assert browser.get(second).status_code == 403
    assert (
        "You have an unfinished comment" not in browser.get("/articles/high-tide/").content.decode()
    )
