from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.models import Comment, NotPublished, Sanction, Vote
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from forum.votes.fraud import (
    BURST_TIME,
    BURST_VOTES,
    LOOKED_AT,
    PUPPET_VOTES,
    RING_TIME,
    RING_VOTES,
    YOUNG_ACCOUNT,
)
from forum.votes.ranking import rank
from tests.conftest import OUR_PAGE, PASSWORD

Say = Callable[..., Comment]
People = Callable[..., list[User]]
LONG_AGO = timezone.now() - 2 * YOUNG_ACCOUNT
JSON = {"Accept": "application/json"}


@pytest.fixture
def people(db: None) -> People:
    """So many people who have been here for long, or since `joined`."""

    def join(number: int, *, joined: datetime = LONG_AGO) -> list[User]:
        first = User.objects.count()
        names = [f"Reader {first + n}" for n in range(number)]
        return User.objects.bulk_create(
            User(
                email=f"{name[7:]}@example.com",
                username=name,
                username_skeleton=name,
                date_joined=joined,
            )
            for name in names
        )

    return join


@pytest.fixture
def comment(say: Say) -> Comment:
    return say("Tides lag because the moon moves on.")


def cast(comment: Comment, by: User, value: int = 1) -> Comment:
    Vote.objects.cast(comment=comment, by=by, value=value)
    return comment


def counts(comment: Comment) -> tuple[int, int, int, int]:
    comment.refresh_from_db()
    return comment.helpful, comment.unhelpful, comment.ranked_helpful, comment.ranked_unhelpful


def press(client: Client, comment: Comment, value: object = 1, **headers: str) -> object:
    return client.post(f"/comments/{comment.pk}/vote/", {"value": value}, headers=headers)


# --- A vote ---


def test_a_vote_counts_and_ranks(comment: Comment, other_reader: User) -> None:
    cast(comment, other_reader)
    assert counts(comment) == (1, 0, 1, 0)
    assert comment.rank == rank(1, 0)


def test_one_person_has_one_vote(comment: Comment, other_reader: User) -> None:
    for _ in range(3):
        cast(comment, other_reader)
    assert counts(comment) == (1, 0, 1, 0)
    assert Vote.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "helpful", "unhelpful"),
    [([1, 0], 0, 0), ([1, -1], 0, 1), ([-1, 1], 1, 0), ([0], 0, 0), ([1, 0, 0, -1, 0, 1], 1, 0)],
)
def test_a_vote_can_be_changed_and_taken_back(
    values: list[int],
    helpful: int,
    unhelpful: int,
    comment: Comment,
    other_reader: User,
    settings: Settings,
) -> None:
    settings.DOWNVOTES = True
    for value in values:
        cast(comment, other_reader, value)
    assert counts(comment) == (helpful, unhelpful, helpful, unhelpful)
    assert comment.rank == rank(helpful, unhelpful)


@pytest.mark.django_db(transaction=True)
def test_the_counts_are_right_however_many_vote_at_once(comment: Comment, people: People) -> None:
    voters = people(16)
    in_threads(lambda voter: cast(Comment.objects.get(), voter), voters)
    assert counts(comment) == (16, 0, 16, 0)
    assert comment.rank == rank(16, 0)


@pytest.mark.django_db(transaction=True)
def test_one_person_at_many_windows_has_one_vote(
    comment: Comment, other_reader: User, people: People
) -> None:
    voters = [other_reader] * 8 + people(8)
    in_threads(lambda voter: cast(Comment.objects.get(), voter), voters)
    assert counts(comment) == (9, 0, 9, 0)
    assert Vote.objects.count() == 9


@pytest.mark.django_db(transaction=True)
def test_pressing_and_taking_back_at_once_leaves_what_is_there(
    comment: Comment, other_reader: User
) -> None:
    in_threads(lambda value: cast(Comment.objects.get(), other_reader, value), [1, 0] * 8)
    assert counts(comment)[0] == Vote.objects.count()


def in_threads(do: Callable[[object], object], things: list) -> None:
    def work(thing: object) -> None:
        try:
            do(thing)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as threads:
        list(threads.map(work, things))


# --- Its address ---


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


def test_nobody_votes_for_themselves(comment: Comment, reader: User, client_of: Callable) -> None:
    response = press(client_of(reader), comment)
    assert response.status_code == 403
    assert "You cannot vote on your own comment" in response.content.decode()
    assert counts(comment)[0] == 0


def test_a_removed_comment_takes_no_vote_and_shows_no_words(
    comment: Comment, moderator: User, other_reader: User, client_of: Callable
) -> None:
    decisions.remove(comment, by=moderator, reason="spam")
    client = client_of(other_reader)
    for response in (press(client, comment), client.get(f"/comments/{comment.pk}/vote/")):
        assert response.status_code == 410
        assert "no longer published" in response.content.decode()
        assert "Tides lag" not in response.content.decode()


def test_a_comment_removed_meanwhile_takes_no_vote(
    comment: Comment, moderator: User, other_reader: User
) -> None:
    stale = Comment.objects.get()
    decisions.remove(comment, by=moderator, reason="spam")
    with pytest.raises(NotPublished):
        cast(stale, other_reader)


def test_a_suspended_person_is_told_until_when(
    comment: Comment, other_reader: User, moderator: User, client_of: Callable
) -> None:
    until = timezone.now() + timedelta(days=3)
    impose(Sanction(person=other_reader, until=until, reason="unkind"), by=moderator)
    response = press(client_of(other_reader), comment, **JSON)
    assert response.status_code == 403
    assert "cannot vote until" in response.json()["error"]


@pytest.mark.parametrize("value", ["-1", "2", "", "yes", "1.0"])
def test_a_vote_that_there_is_not_is_refused(
    value: str, comment: Comment, other_reader: User, client_of: Callable
) -> None:
    response = press(client_of(other_reader), comment, value)
    assert response.status_code == 422
    assert "This vote is not possible" in response.content.decode()


def test_a_publisher_may_take_votes_against(
    comment: Comment, other_reader: User, client_of: Callable, settings: Settings
) -> None:
    settings.DOWNVOTES = True
    assert press(client_of(other_reader), comment, -1, **JSON).json() == {
        "votes": "-1",
        "value": -1,
    }
    assert comment.rank == 0 > Comment.objects.get().rank


def test_what_is_not_public_takes_no_vote(
    comment: Comment, article: Article, other_reader: User, client_of: Callable
) -> None:
    article.status = Article.Status.DRAFT
    render_and_save(article)
    assert press(client_of(other_reader), comment).status_code == 404


# --- The score of a young comment ---


def test_the_score_of_a_young_comment_is_hidden_and_counted(
    comment: Comment, other_reader: User, client_of: Callable, settings: Settings
) -> None:
    settings.VOTES_HIDDEN_MINUTES = 60
    assert press(client_of(other_reader), comment, **JSON).json() == {"votes": "", "value": 1}
    assert counts(comment)[0] == 1
    comment.created_at -= timedelta(minutes=61)
    assert comment.shown_votes == "1"


# --- What is left out of the ranking ---


def test_two_who_vote_for_each_other_again_and_again_are_left_out(
    say: Say, reader: User, other_reader: User, people: People
) -> None:
    for other in people(LOOKED_AT - RING_VOTES):  # they vote for others as well
        cast(say("Hm.", by=other), reader)
    for n in range(RING_VOTES):
        cast(say(f"Mine {n}", by=reader), other_reader)
        cast(say(f"Yours {n}", by=other_reader), reader)
    last = cast(say("One more.", by=other_reader), reader)
    assert counts(last) == (1, 0, 0, 0)
    assert Vote.objects.first().left_out == "ring"


def test_people_who_agreed_long_ago_count(
    say: Say, reader: User, other_reader: User, people: People
) -> None:
    for other in people(PUPPET_VOTES):
        cast(say("Hm.", by=other), reader)
    for n in range(RING_VOTES):
        cast(say(f"Mine {n}", by=reader), other_reader)
        cast(say(f"Yours {n}", by=other_reader), reader)
    Vote.objects.update(created_at=timezone.now() - RING_TIME)
    assert counts(cast(say("Again.", by=other_reader), reader)) == (1, 0, 1, 0)


def test_who_votes_for_one_author_alone_is_left_out(
    say: Say, reader: User, other_reader: User
) -> None:
    for n in range(PUPPET_VOTES):
        cast(say(f"Praise me {n}", by=reader), other_reader)
    assert counts(cast(say("More.", by=reader), other_reader)) == (1, 0, 0, 0)


def test_a_burst_of_new_accounts_is_left_out_from_its_beginning(
    comment: Comment, people: People
) -> None:
    cast(comment, people(1)[0])
    for voter in people(BURST_VOTES, joined=timezone.now()):
        cast(comment, voter)
    assert counts(comment) == (BURST_VOTES + 1, 0, 1, 0)
    assert comment.rank == rank(1, 0)


def test_new_people_who_come_one_by_one_count(comment: Comment, people: People) -> None:
    for voter in people(BURST_VOTES + 5, joined=timezone.now()):
        cast(comment, voter)
        Vote.objects.update(created_at=timezone.now() - BURST_TIME)
    assert counts(comment)[2] == BURST_VOTES + 5


def test_a_crowd_of_people_we_know_counts(comment: Comment, people: People) -> None:
    for voter in people(3 * BURST_VOTES):
        cast(comment, voter)
    assert counts(comment)[2] == 3 * BURST_VOTES


def test_a_vote_that_was_left_out_goes_without_a_trace(
    comment: Comment, people: People, settings: Settings
) -> None:
    settings.DOWNVOTES = True
    voters = people(BURST_VOTES, joined=timezone.now())
    for value in (1, -1, 0):
        for voter in voters:
            cast(comment, voter, value)
    assert counts(comment) == (0, 0, 0, 0)


def test_moderators_alone_see_what_is_left_out(
    comment: Comment, people: People, moderator: User, client_of: Callable
) -> None:
    for voter in people(BURST_VOTES, joined=timezone.now()):
        cast(comment, voter)
    page = client_of(moderator).get(f"/admin/forum/comment/{comment.pk}/change/").content.decode()
    assert page.count("left out of the ranking: Many new accounts at once") == BURST_VOTES
    assert "left out" not in client_of(moderator).get("/articles/high-tide/").content.decode()


# --- On the page ---


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
