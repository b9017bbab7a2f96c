"""The page of a person: what they tell, what they wrote, and only what they show."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Picture, User
from accounts.profiles import change_profile, set_picture
from articles.models import Article
from forum.discussion import person_page
from forum.models import Comment

PAGE = "/people/Ines%20Okafor/"
Say = Callable[..., Comment]


@pytest.fixture
def told(reader: User) -> User:
    change_profile(reader, about="Walks at <b>low tide</b>.")
    set_picture(reader, b"picture")
    return reader


def data_in(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_page_tells_who_it_is_about(told: User, say: Say) -> None:
    say("Ebb.")
    html = Client().get(PAGE).text
    assert "Walks at &lt;b&gt;low tide&lt;/b&gt;." in html
    assert told.picture.get_absolute_url() in html
    assert "Here since" in html
    assert "1 comment" in html
    assert "Why high tide comes later</bdi></a>" in html


def test_without_a_picture_it_shows_the_monogram(reader: User) -> None:
    assert re.search(
        r'class="portrait monogram m\d" aria-hidden="true">IO<', Client().get(PAGE).text
    )


@pytest.mark.parametrize(
    ("choice", "gone"),
    [
        ("shows_about", "low tide"),
        ("shows_picture", "<img"),
        ("shows_joined", "Here since"),
        ("shows_comments", "Ebb."),
    ],
)
def test_what_a_person_hides_is_not_on_the_page(
    choice: str, gone: str, told: User, say: Say
) -> None:
    say("Ebb.")
    assert gone in Client().get(PAGE).text
    change_profile(told, **{choice: False})
    html = Client().get(PAGE).text
    assert gone not in html
    if choice != "shows_comments":
        assert "Ebb." in html


def test_a_hidden_list_of_comments_is_its_authors_alone(
    told: User, other_reader: User, say: Say, client_of: Callable[[User], Client]
) -> None:
    say("Ebb.")
    change_profile(told, shows_comments=False)
    html = client_of(told).get(PAGE).text
    assert "Only you see this list." in html
    assert "Ebb." in html
    assert "Ebb." not in client_of(other_reader).get(PAGE).text
    assert "Ebb." not in Client().get(f"{PAGE}?after=9999999999999999_9").text


def test_search_engines_are_told_what_everybody_sees(told: User, say: Say) -> None:
    Comment.objects.filter(pk=say("Ebb.").pk).update(helpful=3)
    page = data_in(Client().get(PAGE).text)
    person = page["mainEntity"]
    assert (page["@type"], person["@type"]) == ("ProfilePage", "Person")
    assert person["name"] == "Ines Okafor"
    assert person["description"] == "Walks at <b>low tide</b>."
    assert person["image"].endswith(Picture.objects.get().get_absolute_url())
    assert person["agentInteractionStatistic"]["userInteractionCount"] == 1
    assert person["interactionStatistic"]["userInteractionCount"] == 3


def test_search_engines_are_told_nothing_that_is_hidden(
    told: User, say: Say, client_of: Callable[[User], Client]
) -> None:
    say("Ebb.")
    hidden = dict.fromkeys(
        ["shows_about", "shows_picture", "shows_joined", "shows_comments"], False
    )
    change_profile(told, **hidden)
    page = data_in(client_of(told).get(PAGE).text)
    assert page.keys() == {"@context", "@type", "mainEntity"}
    assert page["mainEntity"].keys() >= {"@type", "name", "url"}
    assert not page["mainEntity"].keys() & {"description", "image"}


def test_a_page_without_anything_written_is_not_for_search_engines(
    told: User, article: Article, say: Say
) -> None:
    noindex = '<meta name="robots" content="noindex">'
    assert noindex in Client().get(PAGE).text
    assert noindex not in Client().get("/people/Maren%20Holt/").text
    say("Ebb.")
    assert noindex not in Client().get(PAGE).text


def test_more_comments_than_are_counted_are_at_least_so_many(
    reader: User, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_page, "COUNTED", 2)
    for words in ("Ebb.", "Flow.", "Slack."):
        say(words)
    html = Client().get(PAGE).text
    assert "2+ comments" in html
    assert "agentInteractionStatistic" not in data_in(html)["mainEntity"]


def test_a_page_costs_few_statements_whoever_wrote_how_much(
    told: User, say: Say, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        say(f"Ebb {number}, @Ines Okafor.")
    # person with profile and picture, articles, comments, people they name, totals
    with django_assert_num_queries(5):
        html = Client().get(PAGE).text
    assert "Ebb 2" in html


def test_an_authors_page_has_their_articles_and_since_when(article: Article) -> None:
    html = Client().get("/people/Maren%20Holt/").text
    assert article.title in html
    assert "Here since" in html


def test_older_comments_follow_by_cursor(
    reader: User, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_page, "COMMENTS_PER_PAGE", 1)
    say("Ebb.")
    say("Flow.")
    first = Client().get(PAGE).text
    assert "Flow." in first
    assert "Ebb." not in first
    address = first.partition('href="?after=')[2].partition('"')[0]
    second = Client().get(f"{PAGE}?after={address}").text
    assert "Ebb." in second
    assert "Flow." not in second
