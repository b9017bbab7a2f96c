"""/comments/<id>/flag/ and "Your reports"."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.flags.listing import OWN_PER_PAGE
from forum.models import Case, Comment, Flag, FlagReason
from forum.moderation import decisions
from tests.conftest import OUR_PAGE
from tests.forum.flagging import Say, flag, reason
from tests.mail import Outbox

ClientOf = Callable[[User], Client]


@pytest.fixture
def comment(say: Say) -> Comment:
    return say("Buy my almanac.")


def send(client: Client, comment: Comment, why: str = "spam", **fields: str) -> tuple[int, str]:
    data = {"reason": str(reason(why).pk), **fields}
    response = client.post(f"/comments/{comment.pk}/flag/", data, follow=True, **OUR_PAGE)
    return response.status_code, response.content.decode()


def page(client: Client, comment: Comment) -> tuple[int, str]:
    response = client.get(f"/comments/{comment.pk}/flag/")
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_reader_finds_report_below_the_comments_of_others(
    signed_in: bool, comment: Comment, other_reader: User, client_of: ClientOf
) -> None:
    client = client_of(other_reader) if signed_in else Client()
    article = client.get("/articles/high-tide/").content.decode()
    assert f'<a href="/comments/{comment.pk}/flag/" rel="nofollow">Report<span' in article


def test_nobody_finds_it_below_their_own(
    comment: Comment, reader: User, client_of: ClientOf
) -> None:
    assert "/flag/" not in client_of(reader).get("/articles/high-tide/").content.decode()


def test_the_publishers_list_is_offered_in_its_order(comment: Comment) -> None:
    FlagReason.objects.all().delete()
    for position, name in [(2, "Second"), (1, "First"), (3, "Third")]:
        FlagReason.objects.create(
            name=name, reason="other", position=position, is_offered=name != "Third"
        )
    _, html = page(Client(), comment)
    assert re.findall(r"First|Second|Third", html) == ["First", "Second"]
    assert "Buy my almanac." in html


def test_a_report_answers_with_its_reference_and_what_happens_next(
    comment: Comment, other_reader: User, client_of: ClientOf
) -> None:
    status, html = send(client_of(other_reader), comment, note="Third time.")
    assert status == 200
    assert f"Reference: {Flag.objects.get().pk}" in html
    assert "What happens next" in html
    assert "Third time." in html


def test_a_second_time_shows_what_was_said_and_may_change_it(
    comment: Comment, other_reader: User, client_of: ClientOf
) -> None:
    client = client_of(other_reader)
    send(client, comment, note="Once.")
    assert "Once." in page(client, comment)[1]
    send(client, comment, "unkind", note="Twice.")
    assert Flag.objects.get().note == "Twice."


def test_signed_out_readers_report_too_and_are_asked_where_to_answer(comment: Comment) -> None:
    status, html = send(Client(), comment, email="Passer@Example.com")
    made = Flag.objects.get()
    assert (status, made.person, made.email, made.weight) == (200, None, "passer@example.com", 0)
    assert "email you the outcome, then delete your address" in html
    assert Case.objects.get().cause == "flags"


def test_a_form_on_a_strange_page_reports_nothing(comment: Comment) -> None:
    strange = {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "https://elsewhere.example"}
    response = Client().post(f"/comments/{comment.pk}/flag/", {"reason": reason().pk}, **strange)
    assert (response.status_code, Flag.objects.count()) == (403, 0)


def test_disagreement_is_no_matter_for_moderators(comment: Comment) -> None:
    status, html = send(Client(), comment, "")
    assert status == 200
    assert "Moderators do not act on disagreement. You can reply." in html
    assert not Flag.objects.exists()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": ""}, "Choose what is wrong with the comment."),
        ({"reason": "9999"}, "Choose one from the list."),
        ({"note": "x" * 301}, "at most 300 characters"),
        ({"email": "nowhere"}, "Enter an email address"),
        ({"note": "with a \0 in it"}, "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    fields: dict[str, str], said: str, comment: Comment
) -> None:
    data = {"reason": str(reason().pk), "note": "Kept words", **fields}
    response = Client().post(f"/comments/{comment.pk}/flag/", data, **OUR_PAGE)
    html = response.content.decode()
    assert (response.status_code, Flag.objects.count()) == (422, 0)
    assert said in html
    assert data["note"].replace("\0", "") in html.replace("\0", "")


def test_a_network_reports_so_often_and_loses_no_text(say: Say) -> None:
    answers = [send(Client(), say(f"Words {n}."), note="Kept words") for n in range(12)]
    assert [status for status, _ in answers] == [200] * 10 + [429] * 2
    assert "Too many reports from your network" in answers[-1][1]
    assert "Kept words" in answers[-1][1]


def test_one_address_is_not_written_to_again_and_again(
    say: Say, moderator: User, outbox: Outbox
) -> None:
    """An email over the limit is sent an hour later; sign-in emails stay possible meanwhile."""
    comments = [say(f"Words {n}.") for n in range(5)]
    for comment in comments:
        send(Client(), comment, email="victim@example.com")
        decisions.remove(comment, by=moderator, reason="spam")
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        assert [mail["To"] for mail in outbox()].count("victim@example.com") == 2
        assert (
            Client().post("/accounts/login/code/", {"email": "victim@example.com"}).status_code
            == 302
        )
        assert [mail["To"] for mail in outbox()].count("victim@example.com") == 3
    with time_machine.travel(timezone.now() + timedelta(minutes=70)):
        assert [mail["To"] for mail in outbox()].count("victim@example.com") == 5


# --- Refusals ---


def test_ones_own_comment(comment: Comment, reader: User, client_of: ClientOf) -> None:
    status, html = send(client_of(reader), comment)
    assert (status, "This is your own comment" in html) == (403, True)


def test_a_comment_that_is_gone_shows_no_text(
    comment: Comment, other_reader: User, moderator: User, client_of: ClientOf
) -> None:
    decisions.remove(comment, by=moderator, reason="spam")
    for status, html in (page(client_of(other_reader), comment), send(Client(), comment)):
        assert status == 409
        assert "no longer published" in html
        assert "almanac" not in html


def test_what_is_decided_is_not_changed(
    comment: Comment, other_reader: User, moderator: User, client_of: ClientOf
) -> None:
    flag(comment, other_reader)
    decisions.approve(comment, by=moderator)
    client = client_of(other_reader)
    assert "A moderator kept the comment" in page(client, comment)[1]
    status, html = send(client, comment, "unkind")
    assert (status, "already decided on your report" in html) == (409, True)


# --- Your reports ---


def test_ones_reports_say_what_came_of_them_without_the_text_that_went(
    say: Say, other_reader: User, moderator: User, client_of: ClientOf
) -> None:
    stands, gone, open_still = say("This stands."), say("This went."), say("This waits.")
    for comment in (stands, gone, open_still):
        flag(comment, other_reader)
    decisions.approve(stands, by=moderator)
    decisions.remove(gone, by=moderator, reason="spam")
    html = client_of(other_reader).get("/flags/").content.decode()
    assert all(
        text in html
        for text in ("This stands.", "This waits.", "A moderator took action", "Waiting for")
    )
    assert "This went." not in html


def test_nobody_reads_the_reports_of_others(
    comment: Comment, other_reader: User, client_of: ClientOf
) -> None:
    flag(comment, other_reader, note="Between us.")
    somebody = client_of(comment.author)
    assert "Between us." not in somebody.get("/flags/").content.decode()
    assert "You have not reported any comments" in somebody.get("/flags/").content.decode()


def test_the_list_is_bounded_and_goes_on(
    say: Say, other_reader: User, client_of: ClientOf, django_assert_max_num_queries: Callable
) -> None:
    why = reason()
    for n in range(OWN_PER_PAGE + 2):
        Flag.objects.create(comment=say(f"Words {n}."), person=other_reader, reason=why, weight=100)
    client = client_of(other_reader)
    with django_assert_max_num_queries(4):
        html = client.get("/flags/").content.decode()
    assert html.count("<li>\n          <p class") == OWN_PER_PAGE
    after = re.findall(r"\?after=(\d+)", html)[0]
    assert (
        client.get(f"/flags/?after={after}").content.decode().count("<li>\n          <p class") == 2
    )


# --- What the publisher does ---


def test_a_reason_in_use_is_switched_off_not_deleted(
    comment: Comment, other_reader: User, moderator: User, client_of: ClientOf
) -> None:
    made, unused = (
        flag(comment, other_reader),
        FlagReason.objects.create(name="Unused", reason="other"),
    )
    admin = client_of(moderator)
    assert admin.get(f"/admin/forum/flagreason/{made.reason_id}/delete/").status_code == 403
    assert admin.get(f"/admin/forum/flagreason/{unused.pk}/delete/").status_code == 200
    assert admin.get(f"/admin/forum/flag/?q={made.pk}").status_code == 200
