"""The button of a vote, and the page that asks for one."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from forum.models import Comment
from forum.votes.fraud import (
    LOOKED_AT,
)
from tests.conftest import OUR_PAGE, PASSWORD
from tests.forum.votes.voting import JSON, People, cast, counts, press


def test_a_press_leads_back_to_the_comment_where_it_was_read(
    comment: Comment, other_reader: User, client_of: Callable
) -> None:
    page = "http://testserver/articles/high-tide/?sort=best#c1"
    response = press(client_of(other_reader), comment, Referer=page)
    assert (response.status_code, response.url) == (
        303,
        f"/articles/high-tide/?sort=best#c{comment.pk}",
    )
    assert counts(comment)[0] == 1


@pytest.mark.parametrize(
    "page", ["", "https://elsewhere.example/articles/high-tide/", "http://testserver", "::"]
)
def test_a_press_from_nowhere_leads_to_the_discussion(
    page: str, comment: Comment, other_reader: User, client_of: Callable
) -> None:
    assert (
        press(client_of(other_reader), comment, Referer=page).url
        == f"/articles/high-tide/#c{comment.pk}"
    )


def test_a_script_is_told_the_score(
    comment: Comment, other_reader: User, client_of: Callable
) -> None:
    client = client_of(other_reader)
    assert press(client, comment, **JSON).json() == {"votes": "1", "value": 1}
    assert press(client, comment, 0, **JSON).json() == {"votes": "0", "value": 0}


def test_a_signed_out_reader_is_led_through_sign_in_to_the_button(
    comment: Comment, reader: User
) -> None:
    address = f"/comments/{comment.pk}/vote/"
    page = Client().get(address).content.decode()
    assert f"/accounts/login/?next={address}" in page
    assert "csrfmiddlewaretoken" not in page
    assert press(Client(), comment).url == f"/accounts/login/?next={address}"
    assert press(Client(), comment, **JSON).status_code == 401
    assert counts(comment)[0] == 0


def test_the_press_of_a_signed_out_reader_counts_once_they_have_signed_in(
    comment: Comment, other_reader: User
) -> None:
    browser, address = Client(), f"/comments/{comment.pk}/vote/"
    login = browser.post(address, {"value": "1"}, **OUR_PAGE).url
    assert counts(comment)[0] == 0
    back = browser.post(
        login, {"login": other_reader.email, "password": PASSWORD, "next": address}
    ).url
    assert "Your vote is counted." in browser.get(back, follow=True).content.decode()
    assert counts(comment)[0] == 1
    browser.get(address)
    assert counts(comment)[0] == 1, "it is cast once, not each time the address is opened"


@pytest.mark.parametrize(
    "sender", [{}, {"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "https://evil.example"}]
)
def test_a_press_on_a_strange_page_is_not_remembered(
    comment: Comment, other_reader: User, sender: dict[str, str]
) -> None:
    browser, address = Client(), f"/comments/{comment.pk}/vote/"
    browser.post(address, {"value": "1"}, **sender)
    browser.force_login(other_reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    browser.get(address)
    assert counts(comment)[0] == 0


def test_opening_the_address_asks_and_does_not_vote(
    comment: Comment, other_reader: User, client_of: Callable
) -> None:
    client = client_of(other_reader)
    assert 'name="value" value="1"' in client.get(f"/comments/{comment.pk}/vote/").content.decode()
    press(client, comment)
    assert 'name="value" value="0"' in client.get(f"/comments/{comment.pk}/vote/").content.decode()
    assert counts(comment)[0] == 1


def test_a_forged_vote_is_refused(comment: Comment, other_reader: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(other_reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert press(client, comment).status_code == 403
    assert counts(comment)[0] == 0


def test_a_vote_takes_as_many_queries_among_many_as_among_none(
    comment: Comment,
    people: People,
    client_of: Callable,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for voter in people(LOOKED_AT):
        cast(comment, voter)
    client = client_of(people(1)[0])
    with django_assert_num_queries(11):  # three of them are the transaction and the two who ask
        press(client, comment, Referer="http://testserver/articles/high-tide/")


def test_the_way_back_without_an_address_takes_one_query_more(
    comment: Comment,
    people: People,
    client_of: Callable,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(people(1)[0])
    with django_assert_num_queries(12):
        press(client, comment)


# --- Who may not ---


def test_the_page_shows_what_the_reader_thinks(
    comment: Comment, other_reader: User, client_of: Callable
) -> None:
    client = client_of(other_reader)
    for value, pressed in ((1, "true"), (0, "false")):
        press(client, comment, value)
        for address in ("/articles/high-tide/", comment.get_absolute_url()):
            assert (
                f'data-vote="1" aria-pressed="{pressed}"' in client.get(address).content.decode()
            ), address


def test_a_signed_out_page_has_links_and_no_form(comment: Comment) -> None:
    page = Client().get("/articles/high-tide/").content.decode()
    assert f'href="/comments/{comment.pk}/vote/" rel="nofollow"' in page
    assert "data-vote=" not in page
    assert 'id="votes"' not in page


def test_the_author_sees_the_score_and_no_button(
    comment: Comment, other_reader: User, client_of: Callable
) -> None:
    cast(comment, other_reader)
    page = client_of(comment.author).get("/articles/high-tide/").content.decode()
    assert '<span class="num" data-votes="1">1</span>' in page
    assert "data-vote=" not in page


@pytest.mark.parametrize("on", [True, False])
def test_votes_against_are_offered_where_the_publisher_takes_them(
    on: bool, comment: Comment, other_reader: User, client_of: Callable, settings: Settings
) -> None:
    settings.DOWNVOTES = on
    for address in ("/articles/high-tide/", f"/comments/{comment.pk}/vote/"):
        assert ("Not helpful" in client_of(other_reader).get(address).content.decode()) is on
