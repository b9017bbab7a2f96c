import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.models import Comment, Discussion, ModerationAction, Sanction
from forum.moderation import decisions

Say = Callable[..., Comment]
COMMENTS = "/admin/forum/comment/"


@pytest.fixture
def admin(moderator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(moderator)


def decide(
    admin: Client, comment: Comment, decision: str, reason: str = "spam", note: str = ""
) -> None:
    data = {"decision": decision, "reason": reason, "note": note}
    forms = {"moderation_actions-TOTAL_FORMS": "0", "moderation_actions-INITIAL_FORMS": "0"}
    response = admin.post(
        reverse("admin:forum_comment_change", args=[comment.pk]), {**data, **forms}
    )
    assert response.status_code == 302, response.content.decode()


def test_a_removal_is_recorded_with_its_reason(admin: Client, say: Say, moderator: User) -> None:
    comment = say("Buy now.")
    decide(admin, comment, "remove", reason="spam", note="third time")
    line = ModerationAction.objects.get()
    assert (line.moderator, line.comment, line.reason, line.note) == (
        moderator,
        comment,
        "spam",
        "third time",
    )


def test_a_removal_needs_a_reason(admin: Client, say: Say) -> None:
    comment = say("Hm.")
    response = admin.post(
        reverse("admin:forum_comment_change", args=[comment.pk]), {"decision": "remove"}
    )
    assert "Choose a reason." in response.content.decode()
    comment.refresh_from_db()
    assert comment.is_published


@pytest.mark.parametrize("decision", ["remove", "erase"])
def test_every_decision_can_be_undone(decision: str, admin: Client, say: Say) -> None:
    comment = say("Perhaps.")
    decide(admin, comment, decision)
    assert Discussion.objects.get().comment_count == 0
    decide(admin, comment, "restore")
    comment.refresh_from_db()
    assert comment.is_published
    assert Discussion.objects.get().comment_count == 1
    assert [line.kind for line in ModerationAction.objects.all()] == ["restore", decision]


def test_many_are_removed_with_one_reason(admin: Client, say: Say) -> None:
    comments = [say(f"Spam {n}") for n in range(3)]
    data = {
        "action": "remove",
        "reason": "spam",
        "note": "",
        "_selected_action": [c.pk for c in comments],
    }
    admin.post(COMMENTS, data)
    assert Comment.objects.filter(status="removed", removal_reason="spam").count() == 3
    assert ModerationAction.objects.count() == 3
    assert Discussion.objects.get().comment_count == 0


@pytest.mark.parametrize(("note", "kept"), [("\u200b\u3164", ""), (" Twice. ", "Twice.")])
def test_a_note_for_many_is_kept_if_it_shows(note: str, kept: str, admin: Client, say: Say) -> None:
    comment = say("Spam")
    admin.post(
        COMMENTS,
        {"action": "remove", "reason": "spam", "note": note, "_selected_action": [comment.pk]},
    )
    assert ModerationAction.objects.get().note == kept


def test_many_are_not_removed_without_a_reason(admin: Client, say: Say) -> None:
    comment = say("Hm.")
    page = admin.post(
        COMMENTS, {"action": "remove", "_selected_action": [comment.pk]}, follow=True
    ).content.decode()
    assert "Choose a reason" in page
    assert Comment.objects.published().count() == 1


def test_a_moderator_who_came_from_the_page_is_led_back_to_it(admin: Client, say: Say) -> None:
    comment = say("Buy now.")
    address = reverse("admin:forum_comment_change", args=[comment.pk])
    forms = {"moderation_actions-TOTAL_FORMS": "0", "moderation_actions-INITIAL_FORMS": "0"}
    response = admin.post(f"{address}?from=page", {"decision": "remove", "reason": "spam", **forms})
    assert response.url == comment.get_absolute_url()


def test_a_decision_taken_twice_is_one_decision(say: Say, moderator: User) -> None:
    comment, stale = say("Once."), Comment.objects.get()
    assert decisions.remove(comment, by=moderator, reason="spam")
    assert decisions.remove(stale, by=moderator, reason="spam") is None
    assert Discussion.objects.get().comment_count == 0


@pytest.mark.parametrize("verb", ["remove", "erase"])
def test_what_is_taken_is_gone_everywhere_at_once(
    verb: str, say: Say, moderator: User, reader: User
) -> None:
    comment = say("canary-7f3a")
    getattr(decisions, verb)(comment, by=moderator, reason="spam")
    addresses = [
        "/",
        "/articles/high-tide/",
        "/articles/high-tide/feed/",
        "/feeds/articles/",
        "/sitemap.xml",
        "/topics/tides/",
        comment.get_absolute_url(),
        reader.get_absolute_url(),
    ]
    for address in addresses:
        assert "canary-7f3a" not in Client().get(address).content.decode(), address


def test_a_removed_comment_leaves_the_structured_data(say: Say, moderator: User) -> None:
    say("Stays."), decisions.remove(say("Goes."), by=moderator, reason="spam")
    text = Client().get("/articles/high-tide/").content.decode()
    data = text.split('application/ld+json">')[1].split("</script>")[0]
    assert "Stays." in data
    assert "Goes." not in data
    assert '"commentCount": 1' in json.dumps(json.loads(data))


def test_a_discussion_is_closed_and_opened_again(admin: Client, say: Say, moderator: User) -> None:
    say("Hello.")
    discussion = Discussion.objects.get()
    for action, is_open in (("close", False), ("reopen", True)):
        admin.post(
            "/admin/forum/discussion/", {"action": action, "_selected_action": [discussion.pk]}
        )
        discussion.refresh_from_db()
        assert discussion.is_open is is_open
    assert [line.kind for line in ModerationAction.objects.all()] == ["reopen", "close"]


def test_a_person_is_suspended_until_a_date_and_let_back(admin: Client, reader: User) -> None:
    until = timezone.localtime(timezone.now() + timedelta(days=7))
    data = {"person": reader.pk, "kind": "suspension", "reason": "unkind"}
    data |= {"until_0": f"{until:%Y-%m-%d}", "until_1": f"{until:%H:%M:%S}"}
    response = admin.post("/admin/forum/sanction/add/", data)
    assert response.status_code == 302, response.content.decode()
    assert Sanction.objects.of(reader)
    admin.post(
        "/admin/forum/sanction/",
        {"action": "lift", "_selected_action": [Sanction.objects.get().pk]},
    )
    assert Sanction.objects.of(reader) is None
    assert [line.kind for line in ModerationAction.objects.all()] == ["lift", "suspend"]


def test_the_log_cannot_be_written_by_hand(admin: Client, say: Say, moderator: User) -> None:
    decisions.remove(say("Hm."), by=moderator, reason="spam")
    line = ModerationAction.objects.get()
    assert admin.get("/admin/forum/moderationaction/add/").status_code == 403
    assert (
        admin.post(f"/admin/forum/moderationaction/{line.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    admin.post(f"/admin/forum/moderationaction/{line.pk}/change/", {"note": "rewritten"})
    line.refresh_from_db()
    assert line.note == ""


def test_comments_are_found_by_person_and_words(
    admin: Client, say: Say, other_reader: User
) -> None:
    say("A needle in it.")
    say("Straw.", by=other_reader)
    assert "1 comment" in admin.get(COMMENTS, {"q": "needle"}).content.decode()
    assert "1 comment" in admin.get(COMMENTS, {"q": "Tomas"}).content.decode()


def test_readers_have_no_way_into_the_admin(say: Say, reader: User, client_of: Callable) -> None:
    assert client_of(reader).get(COMMENTS).status_code in {302, 403}
    assert Client().get(COMMENTS).status_code == 302
