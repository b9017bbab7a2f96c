from collections.abc import Callable
from datetime import timedelta
from time import perf_counter

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.discussion.history import EDITIONS_PER_PAGE
from forum.models import Comment, Revision
from forum.moderation import decisions
from forum.posting.edit import edit_comment
from text.diff import differences

Say = Callable[..., Comment]


def history(comment: Comment, query: str = "") -> str:
    return Client().get(f"/comments/{comment.pk}/history/{query}").content.decode()


@pytest.fixture
def answered(say: Say, other_reader: User) -> Comment:
    """A comment whose edits are marked."""
    comment = say("Low tide comes later.")
    say("Does it?", by=other_reader, parent=comment)
    return comment


def test_an_edit_keeps_the_words_before_it(answered: Comment) -> None:
    edit_comment(answered, body="High tide comes later.")
    revision = Revision.objects.get()
    assert (revision.body, revision.version, revision.created_at) == (
        "Low tide comes later.",
        1,
        answered.created_at,
    )


def test_what_changed_is_shown_word_by_word(answered: Comment) -> None:
    edit_comment(answered, body="High tide comes later.")
    shown = history(answered)
    assert "Low" in shown[shown.index("<del>") : shown.index("</del>")]
    assert "High" in shown[shown.index("<ins>") : shown.index("</ins>")]


def test_the_mark_of_an_edit_leads_to_its_history(answered: Comment) -> None:
    edit_comment(answered, body="High tide comes later.")
    assert (
        f'href="/comments/{answered.pk}/history/"'
        in Client().get("/articles/high-tide/").content.decode()
    )


def test_a_slip_corrected_at_once_leaves_no_trace(say: Say) -> None:
    comment = say("My password is swordfish.")
    edit_comment(comment, body="My tide table is old.")
    assert "swordfish" not in history(comment)
    assert Revision.objects.count() == 0


def test_a_long_history_is_read_by_cursor(answered: Comment) -> None:
    for number in range(EDITIONS_PER_PAGE + 3):
        edit_comment(answered, body=f"Edition{number} of it.")
    first, second = (
        history(answered),
        history(answered, f"?after={answered.version - EDITIONS_PER_PAGE + 1}"),
    )
    assert first.count("<li>\n        <h2>") == EDITIONS_PER_PAGE
    assert f"?after={answered.version - EDITIONS_PER_PAGE + 1}" in first
    assert "Low tide comes later." in second
    assert "?after=" not in second


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", "?after=" + "9" * 40])
def test_an_odd_address_shows_the_history(query: str, answered: Comment) -> None:
    assert "Low tide" in history(answered, query)


def test_words_that_are_gone_have_no_history(answered: Comment, moderator: User) -> None:
    edit_comment(answered, body="High tide comes later.")
    decisions.remove(answered, by=moderator, reason="spam")
    response = Client().get(f"/comments/{answered.pk}/history/")
    assert response.status_code == 410
    assert "tide comes later." not in response.content.decode()


def test_markup_in_a_history_is_text(answered: Comment) -> None:
    edit_comment(answered, body="<script>alert(1)</script>")
    assert "<script>alert" not in history(answered)


def test_an_edition_is_as_old_as_its_words(answered: Comment) -> None:
    edit_comment(answered, body="High tide comes later.")
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        edit_comment(answered, body="High tide comes an hour later.")
    first, second = Revision.objects.order_by("version")
    assert first.created_at < second.created_at < (answered.edited_at or second.created_at)


@pytest.mark.parametrize(
    ("before", "after", "marks"),
    [
        ("a b c", "a b c", "a b c"),
        ("a b c", "a x c", "a -b +x c"),
        ("", "a", "+a"),
        ("a", "", "-a"),
        ("a b", "b a", "+b a -b"),
        ("one two", "one two three", "one two +three"),
        ("one two three four", "one three four five", "one -two three four +five"),
    ],
)
def test_differences_lead_from_one_text_to_the_other(before: str, after: str, marks: str) -> None:
    sign = {"kept": "", "gone": "-", "added": "+"}
    said = " ".join(sign[piece.kind] + piece.text.strip() for piece in differences(before, after))
    assert said == marks


HOSTILE = {
    "every second word is shared": (
        " ".join(f"w{n % 50} a{n}" for n in range(600)),
        " ".join(f"w{n % 50} b{n}" for n in range(600)),
    ),
    "two letters in turn": ("a b " * 1250, "b a " * 1250),
    "backwards": (" ".join(map(str, range(1200))), " ".join(map(str, range(1200, 0, -1)))),
    "one long word": ("x" * 5000, "y" * 5000),
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_comparing_takes_no_time_whatever_the_texts(texts: tuple[str, str]) -> None:
    before, after = (text[:5000] for text in texts)
    taken = min(_seconds(before, after) for _ in range(3))
    pieces = differences(before, after)
    assert taken < 0.05
    assert (
        "".join(piece.text for piece in pieces if piece.kind != "added").split() == before.split()
    )
    assert "".join(piece.text for piece in pieces if piece.kind != "gone").split() == after.split()


def _seconds(before: str, after: str) -> float:
    began = perf_counter()
    differences(before, after)
    return perf_counter() - began
