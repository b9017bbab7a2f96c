"""The report in the template of Implementing Regulation (EU) 2024/2835."""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forum.models import Comment, Flag, ModerationAction, Notice, Objection, Sanction
from forum.moderation import commission_template as template
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from forum.moderation.undo import undo
from tests.forum.flagging import reason
from tests.forum.flags.test_notice import SAID as FILLED_IN
from tests.forum.flags.test_notice import send

pytestmark = pytest.mark.django_db

Say = Callable[..., Comment]
Rows = list[dict[str, str]]
YEAR = 2026
SUMMER = datetime(YEAR, 6, 1, 12, tzinfo=timezone.get_default_timezone())
HATE = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
FRAUD = "STATEMENT_CATEGORY_SCAMS_AND_FRAUD"
MINORS = "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
SAID = {"url": "https://example.com/", "law": "§ 130", "explanation": "It is."}
COLUMNS = [
    template.NUMBERS[0],
    template.ITEMS,
    template.NUMBERS[4],
    template.BY_LAW,
    template.BY_TERMS,
]


def downloaded(name: str, year: int = YEAR) -> Rows:
    cache.clear()
    answer = Client().get(reverse("moderation_report_for_commission", args=[year]))
    assert answer["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(answer.content)) as files:
        return list(csv.DictReader(StringIO(files.read(name).decode(), newline="")))


def notice_numbers(code: str) -> list[str]:
    (row,) = [
        row
        for row in downloaded(template.NOTICES_FILE)
        if row["Category of illegal content"] == code
    ]
    return [row[name] for name in COLUMNS]


def complaint_numbers(indicator: str) -> list[str]:
    rows = [row for row in downloaded(template.COMPLAINTS_FILE) if row["Indicator"] == indicator]
    return [row["Value"] for row in rows]


@pytest.fixture
def notify(db: None) -> Callable[..., Notice]:
    def make(
        comment: Comment, number: int = 1, *, at: datetime = SUMMER, **said: str | bool
    ) -> Notice:
        listed = reason("illegal")
        flag = Flag.objects.create(
            comment=comment, email=f"{number}@example.com", reason=listed, weight=0, created_at=at
        )
        return Notice.objects.create(flag=flag, created_at=at, **SAID, **said)

    return make


@pytest.fixture(autouse=True)
def today(db: None) -> Iterator[None]:
    with time_machine.travel(SUMMER + timedelta(hours=3), tick=True):
        yield


def remove(comment: Comment, by: User, why: str = "illegal") -> ModerationAction:
    action = decisions.remove(comment, by=by, reason=why)
    assert action
    return action


def test_notices_are_counted_by_kind_with_what_came_of_them(
    say: Say, moderator: User, notify: Callable[..., Notice]
) -> None:
    hate, spam, fine, unsure, abuse = (say(f"{number}") for number in range(5))
    notify(hate, category="ILLEGAL_OR_HARMFUL_SPEECH")
    notify(spam, category="SCAMS_AND_FRAUD", at=SUMMER + timedelta(hours=2))
    notify(fine, category="SCAMS_AND_FRAUD")
    notify(unsure)
    notify(abuse, is_about_children=True)
    remove(hate, moderator)
    remove(spam, moderator, "spam")
    decisions.approve(fine, by=moderator)
    assert notice_numbers(HATE) == ["1", "1", "3.0", "1", "0"]
    assert notice_numbers(FRAUD) == ["2", "2", "1.0", "0", "1"]
    assert notice_numbers(template.NOT_SPECIFIED) == ["1", "1", "", "0", "0"]
    assert notice_numbers(MINORS) == ["1", "1", "", "0", "0"]
    assert notice_numbers(template.TOTAL) == ["5", "5", "2.0", "1", "1"]


def test_one_action_after_two_notices_is_one_action(
    say: Say, moderator: User, notify: Callable[..., Notice]
) -> None:
    comment = say("Beat them.")
    notify(comment, 1, category="ILLEGAL_OR_HARMFUL_SPEECH")
    notify(comment, 2, category="VIOLENCE")
    remove(comment, moderator)
    assert notice_numbers(template.TOTAL) == ["2", "2", "3.0", "1", "0"]


def test_an_action_that_was_undone_is_none(
    say: Say, moderator: User, notify: Callable[..., Notice]
) -> None:
    comment = say("Beat them.")
    notify(comment)
    undo(remove(comment, moderator), by=moderator)
    assert notice_numbers(template.TOTAL)[2:] == ["", "0", "0"]


def test_a_notice_belongs_to_the_year_in_which_it_came(
    say: Say, notify: Callable[..., Notice]
) -> None:
    new_year = timezone.make_aware(datetime(YEAR, 1, 1))  # noqa: DTZ001
    notify(say("a"), at=new_year)
    notify(say("b"), at=new_year - timedelta(seconds=1))
    assert notice_numbers(template.TOTAL)[0] == "1"
    assert downloaded(template.NOTICES_FILE, YEAR - 1)[0][COLUMNS[0]] == "1"


def test_objections_are_counted_by_what_they_are_about(
    removal: ModerationAction, suspension: ModerationAction, reader: User, second_moderator: User
) -> None:
    about_comment = Objection.objects.open(removal, by=reader, words="No.")
    Objection.objects.open(suspension, by=reader, words="No.")
    assert about_comment
    Objection.objects.filter(pk=about_comment.pk).update(
        created_at=timezone.now() - timedelta(minutes=90)
    )
    about_comment.refresh_from_db()
    about_comment.decide("upheld", by=second_moderator, answer="You are right.")
    assert complaint_numbers(template.COMPLAINTS) == ["2", "0", "0", "1", "1.5", ""]
    assert complaint_numbers(template.VISIBILITY) == ["1", "0", "0", "1", "1.5"]
    assert complaint_numbers(template.SERVICE) == ["1", "0", "0", "0", ""]


def test_an_objection_to_a_warning_counts_in_all_alone(
    say: Say, reader: User, moderator: User
) -> None:
    warning = decisions.warn(say("Fool."), by=moderator, reason="unkind")
    assert warning
    assert Objection.objects.open(warning, by=reader, words="No.")
    assert complaint_numbers(template.COMPLAINTS)[0] == "1"
    assert (
        complaint_numbers(template.VISIBILITY)[0] == complaint_numbers(template.SERVICE)[0] == "0"
    )


def test_what_the_site_does_not_know_stays_empty(
    removal: ModerationAction, reader: User, moderator: User
) -> None:
    for row in downloaded(template.NOTICES_FILE):
        assert not any(
            value for name, value in row.items() if "Trusted" in name or "Contextual" in name
        )
        if row["Category of illegal content"].startswith("KEYWORD_"):
            assert not any(row[name] for name in template.NUMBERS)
    for row in downloaded(template.COMPLAINTS_FILE):
        if row["Section"] != "Internal complaints mechanism" or "Trusted" in row["Indicator"]:
            assert row["Value"] == ""


def test_each_line_names_the_service_and_the_period(removal: ModerationAction) -> None:
    for name in (template.NOTICES_FILE, template.COMPLAINTS_FILE):
        rows = downloaded(name)
        assert {(row["Service"], row["Reporting period"]) for row in rows} == {
            ("Parley", "2026-01-01/2026-06-01")
        }


def test_the_parts_have_the_lines_of_the_template(removal: ModerationAction) -> None:
    codes = [row["Category of illegal content"] for row in downloaded(template.NOTICES_FILE)]
    assert len(codes) == 91
    assert (codes[0], codes[-1]) == (template.TOTAL, template.NOT_SPECIFIED)
    assert len(downloaded(template.COMPLAINTS_FILE)) == 47


@pytest.mark.parametrize("year", [0, 1, YEAR - 1, YEAR + 1, 9999, 10**30])
def test_there_is_no_report_of_other_years(year: int, removal: ModerationAction) -> None:
    cache.clear()
    assert Client().get(f"/moderation/report-{year}.zip").status_code == 404


def test_the_statistics_link_to_each_year(say: Say, notify: Callable[..., Notice]) -> None:
    cache.clear()
    notify(say("a"), at=SUMMER - timedelta(days=365))
    page = Client().get(reverse("moderation_report")).content.decode()
    assert [f"/moderation/report-{year}.zip" in page for year in (2024, 2025, 2026, 2027)] == [
        False,
        True,
        True,
        False,
    ]


def test_the_kind_that_a_reader_chooses_is_kept(say: Say, client: Client) -> None:
    assert send(client, say("x"), **FILLED_IN, category="VIOLENCE").status_code == 200
    assert Notice.objects.get().category == "VIOLENCE"
    assert send(client, say("y"), **FILLED_IN, category="NONSENSE").status_code == 422


def test_it_takes_few_queries(
    removal: ModerationAction, django_assert_max_num_queries: Callable
) -> None:
    with django_assert_max_num_queries(2):
        template._archive(YEAR)


def test_a_ban_is_a_decision_about_the_service(reader: User, moderator: User) -> None:
    ban = impose(Sanction(person=reader, kind="ban", reason="unkind"), by=moderator)
    Objection.objects.open(ban, by=reader, words="No.")
    assert complaint_numbers(template.SERVICE)[0] == "1"
