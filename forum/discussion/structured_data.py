"""Describe comments and people in the vocabulary of schema.org."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from articles.structured_data import absolute, as_script
from forum.discussion.models.comment import Comment
from forum.discussion.person_page import PersonPage
from forum.discussion.tree import Row
from text.visible import clip

# The whole text is on the page anyway.
TEXT_CHARACTERS = 500
CACHED_AUTHORS = 5_000


def comments(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return the published comments of a page, each with its parent."""
    addresses = absolute(reverse("comment", args=[0])).removesuffix("0/")
    return [_comment(row.comment, addresses) for row in rows if row.comment.is_published]


def profile_page(page: PersonPage) -> SafeString:
    """Describe a person's page, with what everybody sees of it."""
    person: dict[str, Any] = {
        "@type": "Person",
        "name": page.person.username,
        "url": absolute(page.person.get_absolute_url()),
    }
    if page.about:
        person["description"] = page.about
    if page.picture:
        person["image"] = absolute(page.picture.get_absolute_url())
    if page.totals and page.totals.are_complete:
        person["agentInteractionStatistic"] = _interactions("Write", page.totals.comments)
        person["interactionStatistic"] = _interactions("Like", page.totals.helpful)
    graph: dict[str, Any] = {"@context": "https://schema.org", "@type": "ProfilePage"}
    if page.profile.shows_joined:
        graph["dateCreated"] = page.person.date_joined.isoformat(timespec="seconds")
    return as_script(graph | {"mainEntity": person})


def _interactions(action: str, number: int) -> dict[str, Any]:
    return {
        "@type": "InteractionCounter",
        "interactionType": f"https://schema.org/{action}Action",
        "userInteractionCount": number,
    }


def _comment(comment: Comment, addresses: str) -> dict[str, Any]:
    address = f"{addresses}{comment.pk}/"
    has_page = comment.author is not None and comment.author.is_active
    data: dict[str, Any] = {
        "@type": "Comment",
        "@id": address,
        "url": address,
        "author": _author(comment.author_name, has_page),
        "datePublished": comment.created_at.isoformat(timespec="seconds"),
        "text": clip(comment.text, TEXT_CHARACTERS),
    }
    if comment.parent_id:
        data["parentItem"] = {"@id": f"{addresses}{comment.parent_id}/"}
    return data


@lru_cache(CACHED_AUTHORS)
def _author(name: str, has_page: bool) -> dict[str, Any]:
    person = {"@type": "Person", "name": name}
    if has_page:
        person["url"] = absolute(reverse("person", args=[name]))
    return person
