"""The admin on this site."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import User

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
