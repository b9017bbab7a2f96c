from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Comment, Revision
from forum.moderation import decisions
from forum.posting.edit import edit_comment

Say = Callable[..., Comment]


def address(comment: Comment) -> str:
    return f"/comments/{comment.pk}/edit/"


@pytest.fixture
def client(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)


def test_the_form_knows_the_edition_it_began_from(say: Say, client: Client) -> None:
    assert 'name="edition" value="1"' in client.get(address(say("First."))).content.decode()


def test_two_windows_lose_neither_text(say: Say, client: Client) -> None:
    comment = say("The tide.")
    client.post(address(comment), {"body": "The tide of window one.", "edition": 1})
    response = client.post(address(comment), {"body": "The tide of window two.", "edition": 1})
    shown = response.content.decode()
    assert response.status_code == 409
    assert "<p>The tide of window one.</p>" in shown
    assert "The tide of window two.</textarea>" in shown


def test_after_a_conflict_the_text_can_be_saved(say: Say, client: Client) -> None:
    comment = say("The tide.")
    edit_comment(comment, body="The tide of window one.")
    shown = client.post(
        address(comment), {"body": "The tide of both.", "edition": 1}
    ).content.decode()
    assert 'name="edition" value="2"' in shown
    assert (
        client.post(address(comment), {"body": "The tide of both.", "edition": 2}).status_code
        == 302
    )
    comment.refresh_from_db()
    assert (comment.body, comment.version) == ("The tide of both.", 3)


def test_the_same_text_twice_is_one_edit(say: Say, client: Client) -> None:
    comment = say("Teh tide.")
    answers = [
        client.post(address(comment), {"body": "The tide.", "edition": 1}).status_code
        for _ in range(2)
    ]
    comment.refresh_from_db()
    assert (answers, comment.version) == ([302, 302], 2)


@pytest.mark.parametrize("edition", ["", "x", "-1", "99"])
def test_an_odd_edition_loses_no_text(edition: str, say: Say, client: Client) -> None:
    response = client.post(
        address(say("Before.")), {"body": "After.", "edition": edition}, follow=True
    )
    assert response.status_code in {200, 409, 422}
    assert "After." in response.content.decode()


def test_an_edit_can_be_undone_at_once(say: Say, client: Client) -> None:
    comment = say('He said "low" & left.')
    shown = client.post(
        address(comment), {"body": "Gone.", "edition": 1}, follow=True
    ).content.decode()
    notice = shown[shown.index('id="notices"') :]
    body = unescape(notice.split('name="body" value="')[1].split('"')[0])
    client.post(address(comment), {"body": body, "edition": 2})
    comment.refresh_from_db()
    assert comment.body == 'He said "low" & left.'


def test_a_comment_removed_while_it_was_edited_keeps_the_text_for_their_author(
    say: Say, client: Client, moderator: User
) -> None:
    comment = say("Before.")
    assert decisions.remove(comment, by=moderator, reason="spam")
    stale = Comment.objects.get(pk=comment.pk)
    assert not edit_comment(stale, body="After.")
    assert (
        "After." in client.post(address(comment), {"body": "After.", "edition": 1}).content.decode()
    )


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_edit_wins_and_every_edition_is_kept(
    say: Say, other_reader: User
) -> None:
    comment = say("The tide.")
    say("Yes?", by=other_reader, parent=comment)

    def edit(number: int) -> bool:
        try:
            return edit_comment(
                Comment.objects.get(pk=comment.pk), body=f"The tide, by window {number}."
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        won = sum(pool.map(edit, range(24)))
    comment.refresh_from_db()
    assert comment.version == 1 + won
    assert list(Revision.objects.values_list("version", flat=True)) == list(range(1, 1 + won))


def test_an_edit_too_late_says_what_to_do_instead(say: Say, client: Client) -> None:
    comment = say("Before.")
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        shown = client.get(address(comment)).content.decode()
    assert "You can always add a reply." in shown
