"""The queue: what waits, in which order, for whom, and at which cost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Topic
from forum.flags.weight import gravity
from forum.models import Case, Comment, Flag, Moderator, Rule, Sanction
from forum.moderation import decisions
from forum.moderation.filters import Filters
from forum.moderation.highlight import highlight_words
from forum.moderation.queue import CASES_PER_PAGE, Cursor, parse_queue_cursor, queue_page
from forum.moderation.sanctions import impose
from forum.people.scope import SITE_WIDE, ModeratorScope
from forum.posting.edit import delete_comment, undelete_comment

QUEUE = "/moderation/"
Waits = Callable[..., Case]


def words(client: Client, address: str = QUEUE) -> list[str]:
    return [item.comment.body for item in client.get(address).context["page"].items]


def test_the_worst_come_first_and_of_those_as_bad_the_oldest(desk: Client, waits: Waits) -> None:
    hour_ago = timezone.now() - timedelta(hours=1)
    (
        waits("Bad.", severity=40),
        waits("Worst.", severity=90),
        waits("Older.", severity=40, opened_at=hour_ago),
    )
    assert words(desk) == ["Worst.", "Older.", "Bad."]


def test_what_is_decided_waits_no_more(desk: Client, waits: Waits, moderator: User) -> None:
    decisions.remove(waits("Spam.").comment, by=moderator, reason="spam")
    assert words(desk) == []
    assert "All done." in desk.get(QUEUE).content.decode()


def test_pages_follow_one_another_and_miss_nothing(waits: Waits) -> None:
    at = timezone.now()
    for number in range(25):
        waits(f"{number}", severity=50 + number % 2, opened_at=at)
    seen, after = [], None
    for _ in range(3):
        page = queue_page(SITE_WIDE, filters=Filters(), after=after)
        seen += [item.case.pk for item in page.items]
        after = parse_queue_cursor(page.next_cursor)
    assert seen == list(Case.objects.waiting().values_list("pk", flat=True))
    assert page.next_cursor == ""


def test_a_cursor_that_is_none_begins_at_the_beginning(desk: Client, waits: Waits) -> None:
    waits("Here.")
    for after in ("1_2", "x_y_z", f"50_{'9' * 18}_1", "-1_1_1_1"):
        assert words(desk, f"{QUEUE}?after={after}") == ["Here."]


@pytest.mark.parametrize("severity", ["-1", "9" * 18])
def test_a_severity_that_no_case_has_is_no_failure(severity: str, desk: Client) -> None:
    assert desk.get(f"{QUEUE}?after={severity}_1_1").status_code == 200


def test_a_cursor_is_read_as_it_was_written() -> None:
    cursor = Cursor(50, timezone.now(), 7)
    assert parse_queue_cursor(str(cursor)) == cursor


def test_the_queue_costs_the_same_however_many_wait(
    desk: Client, waits: Waits, report: Callable[..., Flag], reader: User, other_reader: User
) -> None:
    counts = []
    for number in (3, 40):
        for each in range(number):
            case = waits(f"{each}", by=reader if each % 2 else other_reader, parent=None)
            report(case.comment, by=other_reader if each % 2 else reader)
        with CaptureQueriesContext(connection) as queries:
            desk.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13


def test_an_item_tells_who_wrote_it_who_reported_it_and_why(
    desk: Client,
    waits: Waits,
    report: Callable[..., Flag],
    reader: User,
    other_reader: User,
    moderator: User,
) -> None:
    decisions.remove(waits("Earlier.").comment, by=moderator, reason="spam")
    rule = Rule.objects.create(
        name="Sellers", check_kind="words", words="watches\nhandbags", explanation="No selling."
    )
    case = waits("Cheap Watches here.", rule=rule, spam_score=0.934, spam_words=[["cheap", 2.1]])
    report(case.comment, by=other_reader, note="Third time today")
    page = desk.get(QUEUE).content.decode()
    for said in (
        "Sellers",
        "<mark>Watches</mark>",
        "93 %",
        "Third time today",
        "Tomas Reyle",
        "1 removed",
    ):
        assert said in page, said
    assert f'href="/moderation/people/{reader.username.replace(" ", "%20")}/"' in page


def test_the_reason_is_the_one_most_reported(
    desk: Client,
    waits: Waits,
    report: Callable[..., Flag],
    other_reader: User,
    moderator: User,
    author: User,
) -> None:
    case = waits("You fool.")
    report(case.comment, by=author, name="Spam", reason="spam")
    for person in (other_reader, moderator):
        report(case.comment, by=person, name="Unkind", reason="unkind")
    (item,) = desk.get(QUEUE).context["page"].items
    assert item.reason == "unkind"


@pytest.mark.parametrize(
    "given", [["off_topic", "illegal"], ["illegal", "off_topic"], ["spam", "", "unkind"]]
)
def test_of_reasons_reported_as_often_it_is_the_gravest(
    given: list[str],
    desk: Client,
    waits: Waits,
    report: Callable[..., Flag],
    crowd: Callable[[int], list[User]],
) -> None:
    case = waits("You fool.")
    for reader, reason in zip(crowd(len(given)), given, strict=True):
        report(case.comment, by=reader, name=f"Said {reason}", reason=reason)
    (item,) = desk.get(QUEUE).context["page"].items
    gravest = max(filter(None, given), key=gravity)
    assert (item.reason, item.flags[0].reason) == (gravest, gravest)


def test_lines_of_the_list_with_one_reason_count_together(
    desk: Client, waits: Waits, report: Callable[..., Flag], crowd: Callable[[int], list[User]]
) -> None:
    case = waits("Buy now.")
    names = {"Advertising": "spam", "A robot": "spam", "Against the law": "illegal"}
    for reader, (name, reason) in zip(crowd(3), names.items(), strict=True):
        report(case.comment, by=reader, name=name, reason=reason)
    (item,) = desk.get(QUEUE).context["page"].items
    assert item.reason == "spam"


def test_the_words_of_what_it_answers_are_shown_only_while_readers_see_them(
    desk: Client, waits: Waits, say: Callable[..., Comment], moderator: User
) -> None:
    parent = say("canary-parent")
    waits("An answer.", parent=parent)
    assert "canary-parent" in desk.get(QUEUE).content.decode()
    decisions.remove(parent, by=moderator, reason="spam")
    assert "canary-parent" not in desk.get(QUEUE).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cause=spam", ["Watches."]),
        ("state=held", ["Watches."]),
        ("state=published", ["A quarrel."]),
        ("spam=90", ["Watches."]),
        ("q=quarr", ["A quarrel."]),
        ("q=tomas", ["A quarrel."]),
        ("q=nothing", []),
    ],
)
def test_filters_narrow_the_queue(
    query: str, found: list[str], desk: Client, waits: Waits, other_reader: User
) -> None:
    waits("Watches.", cause="spam", held=True, spam_score=0.95)
    waits("A quarrel.", cause="heat", by=other_reader)
    assert words(desk, f"{QUEUE}?{query}") == found


def test_a_filter_that_makes_no_sense_says_so(desk: Client, waits: Waits) -> None:
    answer = desk.get(f"{QUEUE}?spam=lots&cause=x")
    assert answer.status_code == 422
    assert "Enter a whole number." in answer.content.decode()


def test_a_filtered_page_that_found_nothing_leads_further(
    waits: Waits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forum.moderation.queue.SCAN_LIMIT", 3)
    waits("The needle.", severity=1), [waits(f"Straw {number}.") for number in range(4)]
    first = queue_page(SITE_WIDE, filters=Filters(q="needle"))
    assert (first.items, first.scanned) == ([], 3)
    second = queue_page(
        SITE_WIDE, filters=Filters(q="needle"), after=parse_queue_cursor(first.next_cursor)
    )
    assert [item.comment.body for item in second.items] == ["The needle."]


def test_who_moderates_a_topic_sees_that_topic(
    reader: User, waits: Waits, client_of: Callable[[User], Client], topic: Topic
) -> None:
    other = Topic.objects.create(name="Bread", slug="bread")
    waits("About tides.")
    Moderator.objects.create(person=reader, topic=other)
    assert words(client_of(reader)) == []
    Moderator.objects.create(person=reader, topic=topic)
    assert words(client_of(reader)) == ["About tides."]


def test_pages_of_several_topics_are_in_one_order(waits: Waits, topic: Topic) -> None:
    other = Topic.objects.create(name="Bread", slug="bread")
    for number in range(CASES_PER_PAGE + 5):
        case = waits(f"{number}", severity=number)
        Case.objects.filter(pk=case.pk).update(topic=topic if number % 2 else other)
    page = queue_page(ModeratorScope(frozenset({topic.pk, other.pk})), filters=Filters())
    assert [item.case.severity for item in page.items] == list(range(14, 4, -1))


@pytest.mark.parametrize(
    "address", [QUEUE, "/moderation/live/", "/moderation/people/Tomas%20Reyle/"]
)
def test_readers_do_not_come_in(
    address: str, reader: User, other_reader: User, client_of: Callable[[User], Client]
) -> None:
    assert Client().get(address).url.startswith("/accounts/login/")
    assert client_of(reader).get(address).status_code == 403


def test_a_deleted_comment_leaves_and_comes_back_with_its_author(
    desk: Client, waits: Waits
) -> None:
    comment = waits("Hm.").comment
    delete_comment(comment)
    assert words(desk) == []
    undelete_comment(comment)
    assert words(desk) == ["Hm."]


def test_an_open_page_is_told_what_others_do(
    desk: Client, waits: Waits, other_moderator: User, moderator: User
) -> None:
    claimed, gone = waits("One."), waits("Two.")
    Case.objects.filter(pk=claimed.pk).claim(by=other_moderator)
    decisions.approve(gone.comment, by=other_moderator)
    answer = desk.get(f"/moderation/live/?cases={claimed.pk},{gone.pk},x")
    assert answer.json() == {
        "waiting": "1",
        "decided": [gone.pk],
        "claims": {str(claimed.pk): "Edda Lund"},
    }
    again = desk.get(
        f"/moderation/live/?cases={claimed.pk},{gone.pk},x",
        headers={"If-None-Match": answer["ETag"]},
    )
    assert again.status_code == 304


def test_the_header_leads_moderators_to_the_queue(
    desk: Client, reader: User, article: Article, client_of: Callable[[User], Client]
) -> None:
    pages = [client.get("/").content.decode() for client in (Client(), client_of(reader), desk)]
    assert [f'href="{QUEUE}"' in page for page in pages] == [False, False, True]


def test_words_are_marked_as_whole_words_and_not_in_addresses() -> None:
    html = '<p>Watch <a href="/watch?a=&quot;watch&gt;">watching watch</a> A&amp;B</p>'
    link = '<a href="/watch?a=&quot;watch&gt;">watching <mark>watch</mark></a>'
    assert (
        highlight_words(html, ["watch", "a&b", ""])
        == f"<p><mark>Watch</mark> {link} <mark>A&amp;B</mark></p>"
    )


def test_a_person_who_is_suspended_is_known_on_the_item(
    desk: Client, waits: Waits, reader: User, moderator: User
) -> None:
    until = timezone.now() + timedelta(days=3)
    impose(Sanction(person=reader, kind="suspension", until=until, reason="spam"), by=moderator)
    waits("Again.")
    assert "suspended once" in desk.get(QUEUE).content.decode()
