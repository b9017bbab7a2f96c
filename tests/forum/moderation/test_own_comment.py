"""No page offers a moderator a decision about their own comment."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.models import Case, Comment, Moderator
from tests.conftest import person

Waits = Callable[..., Case]
ClientOf = Callable[[User], Client]
OWN = "You wrote this comment."


def item_in(html: str, case: Case) -> str:
    return html.partition(f'id="case-{case.pk}"')[2].partition("</li>")[0]


@pytest.mark.parametrize("is_alone", [True, False])
def test_an_item_offers_its_author_no_decision(
    is_alone: bool, desk: Client, waits: Waits, moderator: User
) -> None:
    case = waits("Mine.", by=moderator)
    html = desk.get(
        reverse("case", args=[case.pk]) if is_alone else "/moderation/"
    ).content.decode()
    assert OWN in item_in(html, case)
    assert 'name="decision"' not in item_in(html, case)


def test_only_comments_of_others_can_be_selected(
    desk: Client, waits: Waits, moderator: User
) -> None:
    own, other = waits("Mine.", by=moderator), waits("Theirs.")
    html = desk.get("/moderation/").content.decode()
    assert 'name="cases"' not in item_in(html, own)
    assert 'name="cases"' in item_in(html, other)
    assert OWN not in item_in(html, other)


def test_the_tools_of_a_comment_are_not_its_authors(
    desk: Client, say: Callable[..., Comment], moderator: User, waits: Waits
) -> None:
    comment = say("Mine.", by=moderator)
    page = desk.get(reverse("moderate", args=[comment.pk])).content.decode()
    assert OWN in page
    assert 'name="decision"' not in page
    assert desk.post(reverse("moderate", args=[comment.pk]), {"decision": "pin"}).status_code == 403


def test_a_moderator_is_not_offered_to_warn_or_ban_who_has_rights(
    waits: Waits, desk: Client, other_moderator: User, client_of: ClientOf
) -> None:
    case, helper = waits("Theirs.", by=other_moderator), person("Jonas Berg")
    Moderator.objects.create(person=helper, topic=None)
    html = item_in(client_of(helper).get("/moderation/").content.decode(), case)
    assert [f'value="{decision}"' in html for decision in ("approve", "remove")] == [True, True]
    assert [f'value="{decision}"' in html for decision in ("warn", "sanction")] == [False, False]
    html = item_in(desk.get("/moderation/").content.decode(), case)
    assert [f'value="{decision}"' in html for decision in ("warn", "sanction")] == [True, True]


def test_a_note_says_when_it_is_kept(desk: Client, waits: Waits) -> None:
    case = waits("One.")
    html = desk.get("/moderation/").content.decode()
    assert "Saved in the log with your next decision" in item_in(html, case)
