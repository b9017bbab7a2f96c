from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from articles.listing import ARTICLES_PER_PAGE
from articles.models import Article, Topic
from forum.models import Comment


def titles(client: Client, address: str = "/") -> list[str]:
    return [article.title for article in client.get(address).context["page"].articles]


@pytest.mark.django_db
def test_a_site_without_articles_says_so(client: Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "There are no articles here yet." in answer.text


def test_the_newest_article_leads(client: Client, write: Callable[..., Article]) -> None:
    write("Yesterday’s", published_at=timezone.now() - timedelta(days=1))
    write("Today’s")
    assert titles(client) == ["Today’s", "Yesterday’s"]


@pytest.mark.parametrize(
    "hidden",
    [{"status": "draft"}, {"published_at": timezone.now() + timedelta(days=1)}],
    ids=["draft", "scheduled"],
)
def test_what_is_not_published_is_not_listed(
    client: Client, write: Callable[..., Article], hidden: dict[str, Any]
) -> None:
    write("Hidden", **hidden)
    assert titles(client) == []


def test_pages_follow_each_other_without_gap_or_repetition(
    client: Client, write: Callable[..., Article]
) -> None:
    moment = timezone.now() - timedelta(hours=1)
    for number in range(ARTICLES_PER_PAGE + 2):
        write(f"Article {number}", published_at=moment - timedelta(minutes=number // 2))
    first = client.get("/")
    cursor = first.context["page"].next_cursor
    assert f'href="?after={cursor}"' in first.text
    shown = titles(client) + titles(client, f"/?after={cursor}")
    assert len(shown) == len(set(shown)) == ARTICLES_PER_PAGE + 2


@pytest.mark.parametrize("cursor", ["", "0", "-1", "x", "９", "9" * 30, "999999999999999999"])
def test_a_cursor_that_leads_nowhere_leads_to_the_first_page(
    client: Client, article: Article, cursor: str
) -> None:
    assert titles(client, f"/?after={cursor}") == [article.title]


def test_only_topics_with_something_to_read_are_offered(
    client: Client, article: Article, topic: Topic
) -> None:
    Topic.objects.create(name="Empty", slug="empty")
    assert list(client.get("/").context["topics"]) == [topic]


def test_the_newest_comments_are_shown_with_their_article(
    client: Client, say: Callable[..., Comment], article: Article
) -> None:
    comment = say("A *habit* worth stealing & keeping.")
    page = client.get("/").text
    assert "A habit worth stealing &amp; keeping." in page
    assert comment.get_absolute_url() in page


def test_home_says_what_it_is_and_leads_on_before_the_second_article(
    client: Client, write: Callable[..., Article], say: Callable[..., Comment], topic: Topic
) -> None:
    say("A habit worth stealing.")
    write("Another article", published_at=timezone.now() - timedelta(days=400))
    page = client.get("/").text.partition("<main")[2]
    parts = (
        "Articles with their facts",
        topic.get_absolute_url(),
        "In discussion now",
        "Another article",
    )
    assert [page.index(part) for part in parts] == sorted(page.index(part) for part in parts)
    assert page.count("Another article") == 1


@pytest.mark.parametrize("number", [6, 7])
def test_the_first_six_topics_stand_at_the_top(
    client: Client, write: Callable[..., Article], number: int
) -> None:
    for place in range(number):
        topic = Topic.objects.create(name=f"Topic {place}", slug=f"topic-{place}", position=place)
        write(f"Article {place}", topic=topic)
    top = client.get("/").text.partition("</nav>")[2].partition("</nav>")[0]
    assert top.count('href="/topics/') == 6
    assert ("All topics" in top) is (number == 7)


def test_the_page_takes_as_many_queries_for_one_article_as_for_many(
    client: Client,
    write: Callable[..., Article],
    author: User,
    topic: Topic,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for number in range(5):
        write(f"Article {number}", author=author, topic=topic)
    with django_assert_num_queries(4):  # articles, their discussions, newest comments, topics
        client.get("/")


@pytest.mark.parametrize(
    "path", ["/", "/topics/tides/", "/feeds/articles/", "/sitemap.xml", "/people/Ines Okafor/"]
)
def test_a_list_of_articles_reads_no_texts(
    path: str, client: Client, say: Callable[..., Comment]
) -> None:
    say("First.")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert not [query["sql"] for query in queries if '"articles_article"."body' in query["sql"]]


def test_home_is_described_by_its_topics(client: Client, article: Article) -> None:
    assert '<meta name="description" content="Articles about Tides, with' in client.get("/").text
