"""The comment that a reply in the queue answers."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Case, Comment
from forum.moderation import decisions
from forum.posting import visibility
from forum.posting.edit import delete_comment

QUEUE = "/moderation/"
Waits = Callable[..., Case]


def test_a_reply_is_judged_with_the_text_of_a_parent_that_is_held(
    desk: Client, waits: Waits, say: Callable[..., Comment]
) -> None:
    parent = say("The tide is a lie.")
    waits("No, it is not.", parent=parent)
    visibility.hold(parent, by=None)
    page = desk.get(QUEUE).content.decode()
    assert '<div class="comment-body" dir="auto"><p>The tide is a lie.</p>' in page
    assert "<span>Waiting for a moderator</span>" in page


@pytest.mark.parametrize("gone", ["removed", "deleted"])
def test_the_text_of_a_parent_that_is_gone_is_not_shown(
    gone: str, desk: Client, waits: Waits, say: Callable[..., Comment], moderator: User
) -> None:
    parent = say("The tide is a lie.")
    waits("No, it is not.", parent=parent)
    if gone == "deleted":
        delete_comment(parent)
    else:
        decisions.remove(parent, by=moderator, reason="spam")
    assert "The tide is a lie." not in desk.get(QUEUE).content.decode()
