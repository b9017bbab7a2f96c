"""A case is decided once, by whoever is first; a decision can be taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Topic
from forum.models import Case, Comment, Discussion, ModerationAction, Moderator, Policy, Sanction
from forum.moderation import decisions
from forum.moderation.undo import undo
from forum.posting.edit import edit_comment
from forum.posting.post import post_comment
from tests.conftest import person

Waits = Callable[..., Case]


def answer(desk: Client, case: Case, decision: str, **said: Any) -> Any:
    return desk.post(
        f"/moderation/cases/{case.pk}/", {"decision": decision, "reason": "spam", **said}
    )


def status(case: Case) -> str:
    return Comment.objects.get(pk=case.comment_id).status


def kinds() -> list[str]:
    return list(ModerationAction.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("decision", "held", "after"),
    [
        ("approve", False, "published"),
        ("approve", True, "published"),
        ("remove", False, "removed"),
        ("remove", True, "removed"),
        ("erase", True, "erased"),
    ],
)
def test_a_decision_closes_the_case(
    decision: str, held: bool, after: str, desk: Client, waits: Waits
) -> None:
    case = waits("Words.", held=held)
    response = answer(desk, case, decision)
    assert (response.status_code, status(case)) == (303, after)
    assert not Case.objects.waiting().exists()


def test_it_leads_to_the_next_with_the_same_filters_and_offers_to_undo(
    desk: Client, waits: Waits
) -> None:
    case, following = waits("One."), waits("Two.")
    response = answer(desk, case, "remove", query="cause=flags&evil=%0d", next=following.pk)
    assert response.url == f"/moderation/?cause=flags#case-{following.pk}"
    page = desk.get("/moderation/").content.decode()
    assert "Removed as spam." in page
    assert f'action="/moderation/undo/{ModerationAction.objects.get().pk}/"' in page


def test_without_a_script_the_next_one_is_claimed_on_the_way(
    desk: Client, waits: Waits, moderator: User
) -> None:
    case, following = waits("One."), waits("Two.")
    answer(desk, case, "approve", next=following.pk)
    assert Case.objects.get(pk=following.pk).claimed_by == moderator


def test_a_script_is_given_the_notice_alone(desk: Client, waits: Waits) -> None:
    response = answer(desk, waits("One."), "approve", fragment="1")
    assert response.status_code == 200
    assert "<html" not in response.content.decode()
    assert "Approved." in response.content.decode()


def test_the_second_of_two_moderators_is_told_who_was_first(
    desk: Client, waits: Waits, other_moderator: User
) -> None:
    case = waits("Words.")
    decisions.remove(case.comment, by=other_moderator, reason="unkind")
    response = answer(desk, case, "approve")
    assert response.status_code == 409
    page = " ".join(response.content.decode().split())
    assert "Edda Lund" in page
    assert "removed a comment · Unkind or threatening" in page
    assert kinds() == ["remove"]


def test_words_that_were_changed_meanwhile_are_read_again(desk: Client, waits: Waits) -> None:
    case = waits("Harmless.")
    edit_comment(case.comment, body="Harmful.")
    response = answer(desk, case, "approve", edition=1, note="Ask Edda about it.")
    assert response.status_code == 409
    assert "Harmful." in response.content.decode()
    assert "Ask Edda about it." in response.content.decode()
    assert Case.objects.waiting().exists()


@pytest.mark.parametrize(
    ("decision", "said"), [("remove", {"reason": ""}), ("edit", {"body": "Words."}), ("", {})]
)
def test_what_is_missing_is_said(
    decision: str, said: dict[str, str], desk: Client, waits: Waits
) -> None:
    response = answer(desk, waits("Words."), decision, **said)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert kinds() == []


def test_a_hold_hides_it_and_it_still_waits(desk: Client, waits: Waits) -> None:
    case = waits("Hm.")
    answer(desk, case, "hold")
    assert (status(case), Case.objects.waiting().get()) == ("held", case)


def test_a_warning_is_given_once_and_decides_nothing(
    desk: Client, waits: Waits, reader: User
) -> None:
    case = waits("Hm.")
    answer(desk, case, "warn"), answer(desk, case, "warn")
    assert kinds() == ["warn"]
    assert ModerationAction.objects.get().person == reader
    assert Case.objects.waiting().exists()


def test_a_suspension_can_take_the_comment_with_it(
    desk: Client, waits: Waits, reader: User
) -> None:
    case = waits("Hm.")
    answer(desk, case, "sanction", days="7", removes="1")
    sanction: Any = Sanction.objects.of(reader)
    assert sanction.kind == "suspension"
    assert timedelta(days=6) < sanction.until - timezone.now() <= timedelta(days=7)
    assert (status(case), kinds()) == ("removed", ["suspend", "remove"])


def test_for_good_is_a_ban_and_one_undo_takes_back_both(
    desk: Client, waits: Waits, reader: User
) -> None:
    case = waits("Hm.")
    answer(desk, case, "sanction", days="", removes="1")
    assert Sanction.objects.of(reader).kind == "ban"
    ban, removal = ModerationAction.objects.order_by("pk")
    desk.post(f"/moderation/undo/{ban.pk}/", {"also": removal.pk})
    assert (status(case), Sanction.objects.of(reader)) == ("published", None)
    assert Case.objects.waiting().get() == case


def test_what_is_edited_out_is_kept_in_the_log_and_shown_to_nobody(
    desk: Client, waits: Waits
) -> None:
    case = waits("Call 555-canary now.", held=True)
    answer(desk, case, "edit", body="Call now.")
    comment = Comment.objects.get(pk=case.comment_id)
    assert (comment.body, comment.status) == ("Call now.", "published")
    assert ModerationAction.objects.latest("pk").words == "Call 555-canary now."
    history = Client().get(f"/comments/{comment.pk}/history/").content.decode()
    assert "555-canary" not in history
    assert "A moderator removed part of this comment" in history


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize("decision", ["approve", "remove", "erase", "edit"])
def test_a_decision_that_is_taken_back_leaves_things_as_they_were(
    decision: str, held: bool, desk: Client, waits: Waits, moderator: User
) -> None:
    case = waits("Words.", held=held)
    answer(desk, case, decision, body="Other words.")
    action = ModerationAction.objects.latest("pk")
    entry = undo(action, by=moderator)
    comment = Comment.objects.get(pk=case.comment_id)
    assert (comment.status, comment.body) == ("held" if held else "published", "Words.")
    assert (entry.undoes, Case.objects.waiting().get()) == (action, case)
    assert Discussion.objects.get().comment_count == (0 if held else 1)


def test_taking_back_twice_is_taking_back_once(desk: Client, waits: Waits) -> None:
    answer(desk, waits("Words."), "remove")
    address = f"/moderation/undo/{ModerationAction.objects.get().pk}/"
    desk.post(address), desk.post(address)
    assert kinds() == ["remove", "restore"]
    assert "Nothing was undone" in desk.get("/moderation/").content.decode()


def test_what_was_decided_anew_since_is_not_taken_back(
    waits: Waits, moderator: User, other_moderator: User
) -> None:
    comment = waits("Words.").comment
    first = decisions.remove(comment, by=moderator, reason="spam")
    decisions.restore(comment, by=other_moderator)
    decisions.remove(comment, by=other_moderator, reason="illegal")
    assert undo(first, by=moderator) is None
    assert comment.status == "removed"


def test_an_edit_is_not_taken_back_over_the_authors_words(
    desk: Client, waits: Waits, moderator: User
) -> None:
    case = waits("Bad words.")
    answer(desk, case, "edit", body="Words.")
    edit_comment(Comment.objects.get(pk=case.comment_id), body="Words, and more.")
    assert undo(ModerationAction.objects.get(), by=moderator) is None
    assert Comment.objects.get(pk=case.comment_id).body == "Words, and more."


def test_several_are_decided_at_once_and_taken_back_at_once(
    desk: Client, waits: Waits, other_moderator: User
) -> None:
    cases = [waits(f"Spam {number}.") for number in range(4)]
    decisions.approve(cases[0].comment, by=other_moderator)
    keys = [case.pk for case in cases]
    desk.post("/moderation/several/", {"cases": keys, "decision": "remove", "reason": "spam"})
    page = desk.get("/moderation/").content.decode()
    assert "3 removed." in page
    assert "Somebody else has already decided 1." in page
    first, *others = ModerationAction.objects.filter(kind="remove").values_list("pk", flat=True)
    desk.post(f"/moderation/undo/{first}/", {"also": others})
    assert Case.objects.waiting().count() == 3
    assert Discussion.objects.get().comment_count == 4


def test_several_need_something_ticked_and_a_reason(desk: Client, waits: Waits) -> None:
    case = waits("Hm.")
    for said in (
        {"decision": "remove", "cases": [case.pk]},
        {"decision": "approve"},
        {"decision": "explode", "cases": [case.pk]},
    ):
        desk.post("/moderation/several/", said)
        assert "Select comments first" in desk.get("/moderation/").content.decode()
    assert kinds() == []


def test_a_claim_tells_others_and_ends_by_itself(
    desk: Client, waits: Waits, other_moderator: User, moderator: User
) -> None:
    case = waits("Hm.")
    Case.objects.filter(pk=case.pk).claim(by=other_moderator)
    assert desk.post(f"/moderation/cases/{case.pk}/claim/").json() == {"by": "Edda Lund"}
    assert "Edda Lund is looking at this" in desk.get("/moderation/").content.decode()
    Case.objects.filter(pk=case.pk).update(claimed_until=timezone.now())
    assert desk.post(f"/moderation/cases/{case.pk}/claim/").json() == {"by": ""}
    assert Case.objects.get(pk=case.pk).claimed_by == moderator


def test_a_case_without_an_author_has_nobody_to_be_warned(desk: Client, waits: Waits) -> None:
    case = waits("Brought from elsewhere.")
    Comment.objects.filter(pk=case.comment_id).update(author=None)
    assert 'value="warn"' not in desk.get("/moderation/").content.decode()
    assert answer(desk, case, "warn").status_code == 422


def test_a_hold_by_the_site_of_what_never_showed_is_approved_not_taken_back(
    discussion: Discussion, reader: User, moderator: User
) -> None:
    Policy.objects.create(mode="before")
    held = post_comment(discussion, by=reader, body="New here.", key="k")
    assert undo(ModerationAction.objects.get(kind="hold"), by=moderator) is None
    assert Comment.objects.get(pk=held.pk).status == "held"


def test_who_moderates_a_topic_takes_back_no_sanction(
    desk: Client, waits: Waits, topic: Topic, client_of: Callable[[User], Client], reader: User
) -> None:
    answer(desk, waits("Words."), "sanction", days="7", removes="1")
    helper = person("Jonas Berg")
    Moderator.objects.create(person=helper, topic=topic)
    imposed = ModerationAction.objects.get(kind="suspend")
    assert client_of(helper).post(f"/moderation/undo/{imposed.pk}/").status_code == 403
    assert Sanction.objects.of(reader)


def test_nobody_sanctions_themselves_nor_a_moderator_an_administrator(
    waits: Waits, moderator: User, client_of: Callable[[User], Client]
) -> None:
    helper = person("Jonas Berg")
    Moderator.objects.create(person=helper, topic=None)
    case = waits("Theirs.", by=moderator)
    for browser in (client_of(helper), client_of(moderator)):
        assert answer(browser, case, "sanction", days="7").status_code == 422
    assert Sanction.objects.of(moderator) is None
