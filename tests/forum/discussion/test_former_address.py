"""A former address of an article leads to the same view at its present one."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.models import Comment, Visit


@pytest.fixture
def moved(article: Article, say: Callable[..., Comment]) -> Comment:
    comment = say("First.")
    article.slug = "later-tide"
    render_and_save(article)
    return comment


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("feed/", "feed/"),
        ("live/", "live/"),
        ("live/?sort=newest&after=1_2", "live/?sort=newest&after=1_2"),
    ],
)
def test_it_redirects_for_good(address: str, leads_to: str, moved: Comment) -> None:
    answer = Client().get(f"/articles/high-tide/{address}")
    assert (answer.status_code, answer["Location"]) == (301, f"/articles/later-tide/{leads_to}")


def test_a_visit_is_told_again_at_the_present_address(
    moved: Comment, reader: User, client_of: Callable
) -> None:
    client, told = client_of(reader), {"seen": str(moved.pk)}
    answer = client.post("/articles/high-tide/visit/", told)
    assert (answer.status_code, answer["Location"]) == (308, "/articles/later-tide/visit/")
    client.post("/articles/high-tide/visit/", told, follow=True)
    assert Visit.objects.get().seen == moved.pk


@pytest.mark.parametrize("address", ["feed/", "live/"])
def test_a_withdrawn_article_is_at_no_address(
    address: str, moved: Comment, article: Article
) -> None:
    article.status = Article.Status.DRAFT
    render_and_save(article)
    for slug in ("high-tide", "later-tide", "never-was"):
        assert Client().get(f"/articles/{slug}/{address}").status_code == 404
