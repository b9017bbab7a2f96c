import csv
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from articles.models import Article
from forum.models import Case, Comment, Flag, FlagReason, ModerationAction, Objection, Sanction
from forum.moderation import decisions, report
from forum.moderation.sanctions import impose, lift
from forum.posting import visibility

Say = Callable[..., Comment]
THIS_MONTH = f"{timezone.localtime():%Y-%m}"


def numbers(month: str = THIS_MONTH) -> dict[str, int]:
    """Return the numbers of a month in the CSV, by section and name."""
    cache.delete(report.KEY)
    text = Client().get(reverse("moderation_report_csv")).content.decode()
    rows = csv.DictReader(text.splitlines())
    found = {
        f"{row['section']}/{row['name']}": int(row["number"])
        for row in rows
        if row["month"] == month
    }
    return {name: number for name, number in found.items() if number}


def test_decisions_are_counted_by_kind_reason_and_maker(
    say: Say, reader: User, moderator: User
) -> None:
    decisions.remove(say("One."), by=moderator, reason="unkind")
    visibility.hold(say("Two."), by=None, reason="spam")
    impose(Sanction(person=reader, kind="ban", reason="unkind"), by=moderator)
    counted = {
        "decisions/remove": 1,
        "decisions/hold": 1,
        "decisions/ban": 1,
        "reasons/unkind": 2,
        "reasons/spam": 1,
    }
    assert numbers() == {**counted, "makers/person": 2, "makers/automatic": 1}


def test_what_was_taken_back_is_counted(
    removal: ModerationAction, suspension: ModerationAction, moderator: User
) -> None:
    assert removal.comment
    decisions.restore(removal.comment, by=moderator)
    lift(Sanction.objects.get(), by=moderator)
    assert numbers()["taken_back/all"] == 2


def test_reports_and_objections_are_counted_with_their_outcomes(
    removal: ModerationAction,
    suspension: ModerationAction,
    reader: User,
    other_reader: User,
    second_moderator: User,
) -> None:
    commented, rude = Comment.objects.get(), FlagReason.objects.create(name="Rude")
    Flag.objects.create(
        comment=commented, person=other_reader, reason=rude, weight=100, outcome="upheld"
    )
    Flag.objects.create(comment=commented, email="a@example.com", reason=rude, weight=100)
    objection = Objection.objects.open(removal, by=reader, words="No.")
    Objection.objects.open(suspension, by=reader, words="No.")
    assert objection
    objection.decide("rejected", by=second_moderator, answer="Yes.")
    found = {
        name: number
        for name, number in numbers().items()
        if name.startswith(("reports", "objections"))
    }
    assert found == {
        "reports/upheld": 1,
        "reports/waiting": 1,
        "objections/rejected": 1,
        "objections/waiting": 1,
    }


def test_half_of_the_cases_waited_no_longer_than_the_median(say: Say, moderator: User) -> None:
    for hours in (1, 3, 30):
        comment = say(f"{hours}")
        case = Case.objects.open(comment, cause="flags", severity=10)
        decisions.remove(comment, by=moderator, reason="other")
        case.refresh_from_db()
        assert case.decided_at
        Case.objects.filter(pk=case.pk).update(opened_at=case.decided_at - timedelta(hours=hours))
    assert numbers()["cases/median_seconds"] == 3 * 60 * 60
    assert "3 hours" in Client().get(reverse("moderation_report")).content.decode()


def test_a_month_is_one_of_twelve_and_older_ones_are_left_out(removal: ModerationAction) -> None:
    begin, _end = report._month(11)
    for at, month in ((begin, 1), (begin - timedelta(seconds=1), 0)):
        ModerationAction.record("pin", by=removal.moderator, comment=removal.comment, created_at=at)
        assert numbers(f"{timezone.localtime(at):%Y-%m}").get("decisions/pin", 0) == month


def test_months_follow_each_other_without_a_gap() -> None:
    months = [report._month(number) for number in range(report.MONTHS)]
    assert all(later[0] == earlier[1] for later, earlier in pairwise(months))
    assert months[0][0] <= timezone.now() < months[0][1]


def test_it_is_counted_once_an_hour(
    removal: ModerationAction, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(60):
        Client().get(reverse("moderation_report"))
    with django_assert_max_num_queries(1):
        assert "Removed a comment" in Client().get(reverse("moderation_report")).content.decode()


def test_it_says_that_nothing_was_counted(article: Article) -> None:
    page = Client().get(reverse("moderation_report")).content.decode()
    assert "None." in page
    assert numbers() == {}
