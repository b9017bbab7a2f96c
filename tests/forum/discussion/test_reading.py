"""The order of comments, and whether replies are collapsed, stay as a reader chose."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from forum.discussion.sorting import SORTINGS
from forum.models import Comment
from pagecache.key import ORDERS
from tests.conftest import OUR_PAGE

PAGE = "/articles/high-tide/"
Say = Callable[..., Comment]


@pytest.fixture
def mine(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)


@pytest.fixture
def comments(say: Say) -> list[Comment]:
    """Return three, of which the second is the best, then the newest one."""
    made = [say("Ebb."), say("Flow."), say("Slack.")]
    for comment, rank in zip(made, [1, 9, 5], strict=True):
        Comment.objects.filter(pk=comment.pk).update(rank=rank)
    return made


def choose(browser: Client, **choices: str) -> Any:
    return browser.post("/reading/", choices, **OUR_PAGE)


def order_on(browser: Client, query: str = "") -> list[str]:
    return re.findall(r"(Ebb|Flow|Slack)\.</p>", browser.get(f"{PAGE}{query}").text)


def test_the_orders_that_can_be_kept_show_every_comment() -> None:
    assert {"best", *ORDERS} == {*SORTINGS} - {"answered"}


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_an_order_stays(is_signed_in: bool, mine: Client, comments: list[Comment]) -> None:
    browser = mine if is_signed_in else Client()
    assert order_on(browser) == ["Flow", "Slack", "Ebb"]
    choose(browser, sort="oldest")
    assert order_on(browser) == ["Ebb", "Flow", "Slack"]
    assert order_on(browser, "?sort=newest") == ["Slack", "Flow", "Ebb"]
    assert order_on(browser, "?sort=best") == ["Flow", "Slack", "Ebb"]
    choose(browser, sort="best")
    assert order_on(browser) == ["Flow", "Slack", "Ebb"]


def test_opening_an_order_does_not_choose_it(mine: Client, comments: list[Comment]) -> None:
    order_on(mine, "?sort=oldest")
    assert order_on(mine) == ["Flow", "Slack", "Ebb"]


def test_an_order_in_the_account_is_in_no_cookie(mine: Client, reader: User) -> None:
    assert "sort" not in choose(mine, sort="newest").cookies
    reader.refresh_from_db()
    assert reader.comment_order == "newest"


def test_a_cursor_without_an_order_is_one_of_the_best(
    mine: Client, comments: list[Comment]
) -> None:
    choose(mine, sort="oldest")
    assert order_on(mine, f"?after=9_{comments[1].pk}") == ["Slack", "Ebb"]


@pytest.mark.parametrize("value", ["answered", "purple", ""])
def test_an_order_that_leaves_comments_out_is_not_kept(value: str, mine: Client) -> None:
    choose(mine, sort="newest")
    choose(mine, sort=value)
    assert User.objects.get().comment_order == "newest"
    browser = Client()
    assert "sort" not in choose(browser, sort=value).cookies


def test_replies_stay_collapsed(mine: Client, say: Say, comments: list[Comment]) -> None:
    say("Answer.", parent=comments[0])
    assert '<details class="replies" open>' in mine.get(PAGE).text
    choose(mine, folded="1")
    assert '<details class="replies">' in mine.get(PAGE).text
    assert '<details class="replies" open>' in Client().get(PAGE).text
    choose(mine, folded="0")
    assert '<details class="replies" open>' in mine.get(PAGE).text


def test_a_comments_own_page_shows_its_replies(
    mine: Client, say: Say, comments: list[Comment]
) -> None:
    say("Answer.", parent=comments[0])
    choose(mine, folded="1")
    assert '<details class="replies" open>' in mine.get(comments[0].get_absolute_url()).text


def test_the_way_to_a_comment_names_the_order_that_shows_it(
    mine: Client, comments: list[Comment]
) -> None:
    body = {"body": "Spring.", "key": "k"}
    assert mine.post(f"{PAGE}comments/", body).url.startswith(f"{PAGE}#c")
    choose(mine, sort="oldest")
    body = {"body": "Neap.", "key": "l"}
    assert mine.post(f"{PAGE}comments/", body).url.startswith(f"{PAGE}?sort=best#c")


def test_choices_cost_no_statement(
    mine: Client, comments: list[Comment], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mine.get(PAGE)  # the facts and questions of the article are cached from here on
    with django_assert_num_queries(6):
        mine.get(PAGE)
    choose(mine, sort="newest", folded="1")
    with django_assert_num_queries(6):
        mine.get(PAGE)


def test_other_sites_choose_nothing(mine: Client) -> None:
    answer = mine.post("/reading/", {"sort": "newest"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 403


def test_without_a_script_a_button_keeps_the_order(comments: list[Comment]) -> None:
    html = Client().get(f"{PAGE}?sort=oldest").text
    form = html.partition("<noscript>")[2].partition("</noscript>")[0]
    assert 'action="/reading/"' in form
    assert 'name="sort" value="oldest"' in form


def test_the_profile_has_both_choices(mine: Client, reader: User) -> None:
    said = {"username": reader.username, "comment_order": "oldest", "folds_replies": "on"}
    assert mine.post("/accounts/profile/", said).status_code == 303
    reader.refresh_from_db()
    assert (reader.comment_order, reader.folds_replies) == ("oldest", True)
