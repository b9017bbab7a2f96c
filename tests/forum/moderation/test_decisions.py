import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.models import Comment, Discussion, ModerationAction, Sanction
from forum.moderation import decisions, locking

Say = Callable[..., Comment]
COMMENTS = "/admin/forum/comment/"


@pytest.fixture
def admin(moderator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(moderator)


def decide(
    desk: Client, comment: Comment, decision: str, reason: str = "spam", note: str = ""
) -> None:
    data = {"decision": decision, "reason": reason, "note": note}
    response = desk.post(reverse("moderate", args=[comment.pk]), data)
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


@pytest.mark.parametrize("decision", ["remove", "erase"])
def test_a_removal_needs_a_reason(decision: str, admin: Client, say: Say) -> None:
    comment = say("Hm.")
    response = admin.post(reverse("moderate", args=[comment.pk]), {"decision": decision})
    assert response.status_code == 422
    assert "Choose a reason" in response.content.decode()
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


@pytest.mark.parametrize(("note", "kept"), [("\u200b\u3164", ""), (" Twice. ", "Twice.")])
def test_a_note_is_kept_if_it_shows(note: str, kept: str, admin: Client, say: Say) -> None:
    decide(admin, say("Spam"), "remove", note=note)
    assert ModerationAction.objects.get().note == kept


def test_the_admin_shows_a_comment_and_links_to_its_moderation(admin: Client, say: Say) -> None:
    comment = say("Hm.")
    page = admin.get(reverse("admin:forum_comment_change", args=[comment.pk])).content.decode()
    assert reverse("moderate", args=[comment.pk]) in page
    assert 'name="_save"' not in page


def test_the_admin_shows_a_discussion_and_links_to_its_moderation(admin: Client, say: Say) -> None:
    discussion = say("Hm.").discussion
    address = reverse("admin:forum_discussion_change", args=[discussion.pk])
    page = admin.get(address).content.decode()
    assert reverse("moderate_discussion", args=["high-tide"]) in page
    assert 'name="_save"' not in page


@pytest.mark.parametrize("model", ["comment", "discussion"])
@pytest.mark.parametrize("action", ["remove", "erase", "restore", "close", "delete_selected"])
def test_lists_of_the_admin_change_nothing(
    model: str, action: str, admin: Client, say: Say
) -> None:
    discussion = say("Hm.").discussion
    key = discussion.pk if model == "discussion" else Comment.objects.get().pk
    data = {"action": action, "reason": "spam", "_selected_action": [key]}
    admin.post(reverse(f"admin:forum_{model}_changelist"), data)
    assert Comment.objects.get().is_published
    assert Discussion.objects.get().is_open
    assert not ModerationAction.objects.exists()


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


def test_a_discussion_is_closed_and_opened_again(say: Say, moderator: User) -> None:
    say("Hello.")
    discussion = Discussion.objects.get()
    for function, is_open in ((locking.close, False), (locking.reopen, True)):
        assert function(discussion, by=moderator)
        discussion.refresh_from_db()
        assert discussion.is_open is is_open
        assert function(discussion, by=moderator) is None
    assert [action.kind for action in ModerationAction.objects.all()] == ["reopen", "close"]


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
