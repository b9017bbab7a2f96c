import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, Draft
from forum.moderation import decisions, locking
from forum.posting.post import post_comment
from tests.conftest import OUR_PAGE, PASSWORD
from tests.mail import Outbox, code_in, link_in

ADDRESS = "/articles/high-tide/comments/"


@pytest.fixture
def browser() -> Client:
    return Client()


def write(
    browser: Client,
    body: str = "My harbour is up a river.",
    email: str = "new@example.com",
    **fields: str,
) -> str:
    response = browser.post(ADDRESS, {"body": body, "email": email, **fields}, **OUR_PAGE)
    assert response.status_code == 302, response.content.decode()
    return urlsplit(response.url).path


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


def test_a_wrong_password_keeps_the_words(article: Article, reader: User, browser: Client) -> None:
    response = browser.post(write(browser, email=reader.email), {"password": "not this one at all"})
    assert response.status_code == 422
    assert "My harbour is up a river." in response.content.decode()


def test_the_mailed_link_opens_the_words_on_a_second_device(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    write(browser)
    link, second = link_in(outbox()[0], "/drafts/"), Client()
    assert "My harbour is up a river." in second.get(link).content.decode()
    assert Comment.objects.count() == 0, (
        "opening the link posts nothing: a mail scanner does it, too"
    )
    page = second.post(link, {"username": "Jonas Wick"})
    assert page.status_code == 422, "the words may be somebody else's, left under this address"
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


def test_a_code_expires_but_the_words_stay(
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


def test_without_an_address_the_words_wait_for_a_sign_in(
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


def test_the_forgotten_password_carries_the_words(
    article: Article, reader: User, browser: Client
) -> None:
    response = browser.post(
        f"{ADDRESS}forgot/", {"body": "Kept.", "email": reader.email}, **OUR_PAGE
    )
    assert "/accounts/password/reset/" in response.url
    assert f"next=%2Fdrafts%2F{Draft.objects.get().pk}%2F" in response.url


def test_signing_in_while_writing_carries_the_words(
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


def test_a_discussion_closed_before_the_code_keeps_the_words(
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


def test_a_post_from_elsewhere_keeps_nothing(article: Article, browser: Client) -> None:
    for sender in (
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
    ):
        assert (
            browser.post(ADDRESS, {"body": "x", "email": "a@example.com"}, **sender).status_code
            == 403
        )
    assert Draft.objects.count() == 0


def test_words_are_kept_for_seven_days(article: Article, browser: Client) -> None:
    step = write(browser)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert browser.get(step).status_code == 404


def test_words_are_offered_again_after_signing_in_by_another_door(
    article: Article, reader: User, browser: Client
) -> None:
    write(browser, email="")
    browser.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "You have an unfinished comment" in browser.get("/articles/high-tide/").content.decode()


def test_words_under_somebodys_address_are_not_put_into_their_mouth(
    article: Article, reader: User, browser: Client, client_of: Callable
) -> None:
    write(browser, email=reader.email)
    assert (
        "You have an unfinished comment"
        not in client_of(reader).get("/articles/high-tide/").content.decode()
    )


def test_an_address_in_capitals_is_the_same_address(
    article: Article, reader: User, browser: Client, client_of: Callable
) -> None:
    assert client_of(reader).get(write(browser, email=reader.email.upper())).status_code == 200


def test_a_draft_can_be_deleted_and_brought_back_by_its_writer_alone(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    code = code_in(outbox()[0])
    page = browser.post(f"{step}discard/", follow=True)
    assert f'action="{step}undiscard/"' in page.content.decode()
    assert browser.get(step).status_code == 404
    Client().post(f"{step}undiscard/")
    assert browser.get(step).status_code == 404
    assert (
        "My harbour is up a river."
        in browser.post(f"{step}undiscard/", follow=True).content.decode()
    )
    assert browser.post(step, {"code": code, "username": "Jonas Wick"}).status_code == 422, (
        "its code ended with it"
    )


def test_a_new_code_is_announced_and_the_name_that_was_typed_stays(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    page = browser.post(
        f"{step}code/", {"email": "new@example.com", "username": "Jonas Wick"}, follow=True
    )
    assert "We sent a new code." in page.content.decode()
    assert 'value="Jonas Wick"' in page.content.decode()


def test_a_browser_without_cookies_gets_the_words_back_and_is_told_of_cookies(
    article: Article,
) -> None:
    leads_to = (
        Client().post(ADDRESS, {"body": "My harbour.", "email": "a@example.com"}, **OUR_PAGE).url
    )
    without_cookies = Client().get(leads_to)
    assert without_cookies.status_code == 200
    assert "did not keep a cookie" in without_cookies.content.decode()
    assert "My harbour." in without_cookies.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert Client().get(leads_to).status_code == 403


def test_a_comment_posted_on_another_device_is_announced_where_it_was_written(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    mail = outbox()[0]
    Client().post(link_in(mail, "/drafts/"), {"username": "Jonas Wick", "mine": "on"})
    page = browser.post(step, {"code": code_in(mail)}, follow=True).content.decode()
    assert "already posted from your other device" in page
    assert not get_user(browser).is_authenticated, (
        "the code and the link of one email are one proof"
    )


def test_words_that_somebody_left_under_my_address_are_mine_only_when_i_say_so(
    article: Article, reader: User, browser: Client, client_of: Callable
) -> None:
    step, owner = write(browser, email=reader.email), client_of(reader)
    page = owner.get(step).content.decode()
    assert "Written in another browser" in page
    assert 'id="compose"' not in page
    assert owner.post(step, {}).status_code == 422
    assert Draft.objects.get().person is None
    assert 'id="compose"' in owner.post(step, {"mine": "1"}, follow=True).content.decode()
    assert Draft.objects.get().person == reader


def test_drafts_of_one_network_are_limited_and_no_words_lost(article: Article) -> None:
    answers = [Client().post(ADDRESS, {"body": f"Words {n}"}, **OUR_PAGE) for n in range(12)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert "Words 11" in answers[-1].content.decode()
    assert Draft.objects.count() == 10


def test_the_oldest_drafts_of_strangers_are_forgotten(
    article: Article, reader: User, browser: Client
) -> None:
    words = {"article": article, "parent": None, "body": "Mine."}
    Draft.objects.stash(holder="", person=reader, key="mine", **words)
    for number in range(4):
        Draft.objects.stash(holder="somebody", person=AnonymousUser(), key=str(number), **words)
    Draft.objects.forget_beyond(2)
    assert sorted(Draft.objects.values_list("key", flat=True)) == ["2", "3", "mine"]


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
    """In the same browser: refused to one person, who signs out; and
    written by nobody, before somebody signs out.
    """
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


def test_the_browser_is_told_which_of_its_drafts_are_taken(
    comment_of_reader: Comment, signed_in: Client
) -> None:
    address = f"/comments/{comment_of_reader.pk}/edit/"
    for draft, body, taken in (
        ("1-2-3-4", "Better.", "1-2-3-4"),
        ("5-6-7-8", "", ""),
        ("<script>-1", "Better still.", ""),
    ):
        signed_in.cookies.pop("taken", None)
        response = signed_in.post(address, {"body": body, "draft": draft})
        cookie = response.cookies.get("taken")
        assert (cookie.value if cookie else "") == taken


@pytest.fixture
def comment_of_reader(say: Callable[..., Comment]) -> Comment:
    return say("It is the moon.")


@pytest.fixture
def signed_in(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)
