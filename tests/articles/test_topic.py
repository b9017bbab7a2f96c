from collections.abc import Callable

import pytest
from django.test import Client

from articles.models import Article, Topic


def test_a_topic_lists_its_own_articles(
    client: Client, article: Article, topic: Topic, write: Callable[..., Article]
) -> None:
    write("Elsewhere")
    page = client.get(topic.get_absolute_url()).text
    assert article.title in page
    assert "Elsewhere" not in page


def test_a_topic_without_articles_says_so(client: Client, topic: Topic) -> None:
    assert "There are no articles here yet." in client.get(topic.get_absolute_url()).text


@pytest.mark.django_db
def test_a_topic_that_never_was_is_not_found(client: Client) -> None:
    assert client.get("/topics/nowhere/").status_code == 404
