"""The admin on this site."""

import re
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.models import Article

SEARCHED = [
    model for model, model_admin in admin.site._registry.items() if model_admin.search_fields
]
LONG = ["a " * 3000, "x" * 50_000, '"a" ' * 2000, "é " * 400]


@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model._meta.label_lower)
def test_a_search_for_too_many_words_is_refused_in_words(
    model: type[Model], moderator: User, client_of: Callable[[User], Client]
) -> None:
    address = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
    browser = client_of(moderator)
    for words in LONG:
        response = browser.get(address, {"q": words})
        assert (response.status_code, "Enter at most 100 characters" in response.text) == (
            200,
            True,
        )
    assert browser.get(address, {"q": "a " * 50}).status_code == 200


def test_a_choice_of_people_searches_for_no_more_words(
    moderator: User, client_of: Callable[[User], Client]
) -> None:
    field = {"app_label": "forum", "model_name": "sanction", "field_name": "person"}
    for words in LONG:
        response = client_of(moderator).get(reverse("admin:autocomplete"), {"term": words, **field})
        assert response.json()["results"] == []


def test_labels_begin_alike(moderator: User, client_of: Callable[[User], Client]) -> None:
    page = client_of(moderator).get(reverse("admin:forum_rule_add")).text
    labels = re.findall(r"<label[^>]*>\s*(\w)", page)
    assert len(labels) > 10
    assert [letter for letter in labels if letter.islower()] == []


def test_headings_are_plain_and_colours_those_of_the_site(
    moderator: User, client_of: Callable[[User], Client]
) -> None:
    page = client_of(moderator).get("/admin/").text
    assert "admin/look" in page
    for heading in ("Groups and permissions", "Background tasks", "Articles", "People"):
        assert f">{heading}</a>" in re.sub(r"\s+", " ", page).replace("> ", ">").replace(" <", "<")
    for heading in ("Tasks Database Backend", "Authentication and Authorization"):
        assert heading not in page


def test_the_admin_is_linked_for_staff_alone(
    moderator: User, client: Client, client_of: Callable[[User], Client]
) -> None:
    assert 'href="/admin/"' in client_of(moderator).get("/").text
    assert "/admin/" not in client.get("/").text


def test_the_list_of_articles_is_searched_and_filtered(
    moderator: User, article: Article, client_of: Callable[[User], Client]
) -> None:
    address = "/admin/articles/article/?q=harbour&status=published"
    assert article.title in client_of(moderator).get(address).text
