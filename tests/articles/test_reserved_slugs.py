"""An article or a topic gets no address that the site itself uses."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.urls import get_resolver

from articles.models import Article, Topic
from articles.slugs import RESERVED_SLUGS
from articles.writing import free_slug


def routes() -> Iterator[tuple[str, str]]:
    """The prefix of each included list of routes, with the first word of each route in it."""
    for pattern in get_resolver().url_patterns:
        for included in getattr(pattern, "url_patterns", []):
            for route in getattr(included, "url_patterns", []):
                yield str(included.pattern), str(route.pattern).partition("/")[0]


def test_the_words_of_routes_cannot_name_an_article() -> None:
    """Nor a topic: below and beside both there are routes."""
    below = {
        route
        for prefix, route in routes()
        if prefix in {"articles/<slug:slug>/", "topics/<slug:slug>/"}
    }
    assert "live" in below
    assert below <= RESERVED_SLUGS


@pytest.mark.parametrize(
    "row", [Article(title="Live"), Topic(name="Live")], ids=["article", "topic"]
)
def test_a_reserved_word_is_refused_as_an_address(row: Article | Topic) -> None:
    row.slug = "live"
    with pytest.raises(ValidationError, match="is an address that the site itself uses"):
        row.clean_fields()


@pytest.mark.django_db
def test_a_title_that_is_a_reserved_word_gets_another_address() -> None:
    assert free_slug("Live") == "live-2"
