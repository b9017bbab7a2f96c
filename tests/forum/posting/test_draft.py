import re
from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, Draft
from forum.moderation import decisions, locking
from tests.conftest import OUR_PAGE, PASSWORD
from tests.forum.posting.drafts import ADDRESS, write
from tests.mail import Outbox, code_in, link_in


def test_a_newcomer_posts_with_two_submits(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    assert "My harbour is up a river." in browser.get(step).content.decode()
    [mail] = outbox()
    response = browser.post(step, {"code": code_in(mail), "username": "Jonas Wick"})
    comment = Comment.objects.select_related("author").get()
    assert response.url.endswith(f"#c{comment.pk}")
    assert (comment.author.username, comment.author.email) == ("Jonas Wick", "new@example.com")


def test_somebody_known_posts_with_two_submits(
    article: Article, reader: User, browser: Client, outbox: Outbox
) -> None:
    step = write(browser, email=reader.email)
    browser.post(step, {"code": code_in(outbox()[0])})
    assert Comment.objects.get().author == reader


def test_the_step_looks_the_same_for_a_known_and_an_unknown_address(
    article: Article, reader: User
) -> None:
    def page(email: str) -> str:
        browser = Client()
        text = browser.get(write(browser, email=email)).content.decode()
        text = re.sub(r"[0-9a-f-]{36}|name=\"csrfmiddlewaretoken\" value=\"\w+\"", "", text)
        return text.replace(email, "")

    assert page(reader.email) == page("nobody@example.com")


def test_the_password_is_another_way(article: Article, reader: User, browser: Client) -> None:
    step = write(browser, email=reader.email)
    browser.post(step, {"password": PASSWORD})
    assert Comment.objects.get().author == reader


def test_a_wrong_password_keeps_the_text(article: Article, reader: User, browser: Client) -> None:
    response = browser.post(write(browser, email=reader.email), {"password": "not this one at all"})
    assert response.status_code == 422
    assert "My harbour is up a river." in response.content.decode()


def test_the_mailed_link_opens_the_text_on_a_second_device(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    write(browser)
    link, second = link_in(outbox()[0], "/drafts/"), Client()
    assert "My harbour is up a river." in second.get(link).content.decode()
    assert Comment.objects.count() == 0, (
        "opening the link posts nothing: a mail scanner does it, too"
    )
    page = second.post(link, {"username": "Jonas Wick"})
    assert page.status_code == 422, "the text may be somebody else's, left under this address"
    assert "Tick this if you wrote the comment" in page.content.decode()
    second.post(link, {"username": "Jonas Wick", "mine": "on"})
    assert Comment.objects.get().body == "My harbour is up a river."


def test_a_draft_that_was_posted_leads_to_its_comment(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    link = link_in(outbox()[0], "/drafts/")
    browser.post(step, {"code": code_in(outbox()[0]), "username": "Jonas Wick"})
    assert Client().get(link).url == f"/comments/{Comment.objects.get().pk}/"


def test_a_stranger_cannot_open_a_draft(article: Article, browser: Client) -> None:
    response = Client().get(write(browser))
    assert response.status_code == 403
    assert "My harbour" not in response.content.decode()


def test_five_wrong_codes_spend_the_code_and_a_new_one_is_offered(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    code = code_in(outbox()[0])
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert browser.post(step, {"code": wrong}).status_code == 422
    assert "Too many wrong codes" in browser.post(step, {"code": code}).content.decode()
    browser.post(f"{step}code/", {"email": "new@example.com"})
    browser.post(step, {"code": code_in(outbox()[-1]), "username": "Jonas Wick"})
    assert Comment.objects.count() == 1


def test_a_code_expires_but_the_text_stays(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        response = browser.post(step, {"code": code_in(outbox()[0]), "username": "Jonas Wick"})
    assert "This code has expired" in response.content.decode()
    assert "My harbour is up a river." in response.content.decode()


def test_a_wrong_address_is_corrected_in_place(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser, email="typo@example.com")
    browser.post(f"{step}code/", {"email": "right@example.com"})
    assert outbox()[-1]["To"] == "right@example.com"


def test_a_taken_name_is_said_after_the_code_and_can_be_changed(
    article: Article, reader: User, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    code = code_in(outbox()[0])
    assert browser.post(step, {"code": code, "username": reader.username}).status_code == 422
    browser.post(step, {"code": code, "username": "Somebody Else"})
    assert Comment.objects.count() == 1


def test_a_double_click_asks_for_one_code(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    assert write(browser) == write(browser)
    assert len(outbox()) == 1


def test_without_an_address_the_text_waits_for_a_sign_in(
    article: Article, reader: User, browser: Client
) -> None:
    step = write(browser, email="")
    assert "Your comment is saved for 7 days." in browser.get(step).content.decode()
    browser.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = browser.get(step).content.decode()
    assert "My harbour is up a river." in page
    key = Draft.objects.get().key
    browser.post(ADDRESS, {"body": "My harbour is up a river.", "key": key})
    assert Draft.objects.get().comment == Comment.objects.get()


def test_the_forgotten_password_carries_the_text(
    article: Article, reader: User, browser: Client
) -> None:
    response = browser.post(
        f"{ADDRESS}forgot/", {"body": "Kept.", "email": reader.email}, **OUR_PAGE
    )
    assert "/accounts/password/reset/" in response.url
    assert f"next=%2Fdrafts%2F{Draft.objects.get().pk}%2F" in response.url


def test_signing_in_while_writing_carries_the_text(
    article: Article, reader: User, browser: Client
) -> None:
    response = browser.post(f"{ADDRESS}sign-in/", {"body": "Kept."}, **OUR_PAGE)
    assert response.url == f"/accounts/login/?next=%2Fdrafts%2F{Draft.objects.get().pk}%2F"
    signed_in = browser.post(
        response.url, {"login": reader.email, "password": PASSWORD}, follow=True
    )
    assert "Kept." in signed_in.content.decode()


def test_signing_in_with_nothing_written_leads_back_to_the_composer(
    article: Article, browser: Client
) -> None:
    response = browser.post(f"{ADDRESS}sign-in/", {"body": ""}, **OUR_PAGE)
    assert response.url == "/accounts/login/?next=%2Farticles%2Fhigh-tide%2F%23compose"


def test_a_discussion_closed_before_the_code_keeps_the_text(
    article: Article, discussion: Discussion, moderator: User, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    locking.close(discussion, by=moderator)
    response = browser.post(step, {"code": code_in(outbox()[0]), "username": "Jonas Wick"})
    assert response.status_code == 409
    assert "My harbour is up a river." in response.content.decode()


def test_a_comment_answered_and_gone_is_said(
    article: Article, say: Callable[..., Comment], moderator: User, browser: Client, outbox: Outbox
) -> None:
    head = say("Ask me.")
    step = write(browser, parent=str(head.pk))
    decisions.remove(head, by=moderator, reason="spam")
    assert "The comment you replied to is gone" in browser.get(step).content.decode()
    browser.post(step, {"code": code_in(outbox()[0]), "username": "Jonas Wick"})
    assert Comment.objects.latest("pk").parent is None
