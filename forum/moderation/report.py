"""The transparency report: the numbers of the last twelve months.

Each month is counted in one range of an index that holds all that is counted, whatever the
number of comments. The numbers are cached for an hour.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from statistics import median
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.cases.models import Case
from forum.flags.models.flag import Flag
from forum.flags.models.notice import Notice
from forum.log.models.action import ModerationAction
from forum.log.texts import STATED
from forum.moderation.models.objection import Objection
from forum.people.reasons import Reason
from text.durations import HOUR, in_words

MONTHS = 12
KEY = "moderation-report-2"
KEPT = HOUR
# A month with more cases than this has its median from the latest ones.
CASES_PER_MONTH = 2_000

Kind = ModerationAction.Kind
TAKEN_BACK = {Kind.RESTORE, Kind.LIFT}
WAITING = "waiting"
FEW = 3  # lines that are shown even where nothing was counted

SECTIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "decisions": (_("Decisions"), dict(Kind.choices)),
    "reasons": (_("Reasons for decisions against a comment or a person"), dict(Reason.choices)),
    "makers": (
        _("Who decided"),
        {"person": _("a moderator"), "automatic": _("a rule of the site")},
    ),
    "reports": (
        _("Reports by readers"),
        {
            "upheld": _("a moderator took action"),
            "rejected": _("the comment stayed"),
            WAITING: _("not decided yet"),
        },
    ),
    "objections": (
        _("Objections"),
        {
            "upheld": _("the decision was reversed"),
            "rejected": _("the decision stands"),
            WAITING: _("not decided yet"),
        },
    ),
    "taken_back": (_("Decisions reversed"), {"all": _("comments restored and sanctions lifted")}),
}

Counts = Counter[tuple[str, str]]  # by section and what is counted there


@dataclass
class Row:
    name: str
    label: Any
    months: list[int]
    all: int


@dataclass
class Section:
    name: str
    title: Any
    rows: list[Row]


@dataclass
class Report:
    months: list[datetime]  # when each began, the latest first
    sections: list[Section]
    medians: list[float | None]  # seconds, of each month
    median: float | None
    years: list[int]  # of which there is anything to count, the latest first

    @property
    def waits(self) -> list[str]:
        times = (self.median, *self.medians)
        return ["–" if seconds is None else in_words(seconds) for seconds in times]


def report() -> Report:
    found = cache.get(KEY)
    if found is None:
        found = _count()
        cache.set(KEY, found, KEPT)
    months, counts, medians, years = found
    return Report(months, list(_sections(counts)), medians[:-1], medians[-1], years)


def _sections(months: list[Counts]) -> Iterator[Section]:
    for name, (title, labels) in SECTIONS.items():
        rows = []
        for key, label in labels.items():
            numbers = [counts[name, key] for counts in months]
            if any(numbers) or len(labels) <= FEW:
                rows.append(Row(key, label, numbers, sum(numbers)))
        yield Section(name, title, rows)


def _count() -> tuple[list[datetime], list[Counts], list[float | None], list[int]]:
    ranges = [_month(number) for number in range(MONTHS)]
    waited = [_waited(*month) for month in ranges]
    medians = [median(seconds) if seconds else None for seconds in [*waited, list(chain(*waited))]]
    return (
        [begin for begin, _end in ranges],
        [_counted(*month) for month in ranges],
        medians,
        _years(),
    )


def _years() -> list[int]:
    now = timezone.now()
    firsts = [
        model.objects.aggregate(first=Min("created_at"))["first"] or now
        for model in (ModerationAction, Notice)
    ]
    return list(range(timezone.localtime(now).year, timezone.localtime(min(firsts)).year - 1, -1))


def _month(number: int) -> tuple[datetime, datetime]:
    """Return the begin and the end of the month so many before this one."""
    now = timezone.localtime()
    first = now.year * 12 + now.month - 1 - number
    begin, end = (
        datetime(month // 12, month % 12 + 1, 1)  # noqa: DTZ001
        for month in (first, first + 1)
    )
    return timezone.make_aware(begin), timezone.make_aware(end)


def _counted(begin: datetime, end: datetime) -> Counts:
    counts: Counts = Counter()
    for kind, reason, is_automatic, number in _grouped(
        ModerationAction, begin, end, "kind", "reason", "is_automatic"
    ):
        counts["decisions", kind] += number
        counts["makers", "automatic" if is_automatic else "person"] += number
        if kind in STATED:
            counts["reasons", reason] += number
        if kind in TAKEN_BACK:
            counts["taken_back", "all"] += number
    for section, model in (("reports", Flag), ("objections", Objection)):
        for outcome, number in _grouped(model, begin, end, "outcome"):
            counts[section, outcome or WAITING] += number
    return counts


def _grouped(model: Any, begin: datetime, end: datetime, *columns: str) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = model.objects.filter(created_at__gte=begin, created_at__lt=end)
    grouped: QuerySet[Any, Any] = rows.order_by().values_list(*columns).annotate(number=Count("*"))
    return grouped


def _waited(begin: datetime, end: datetime) -> list[float]:
    """Return the waiting time of each case in seconds. The median is made here, as databases
    define it differently.
    """
    decided = Case.objects.filter(decided_at__isnull=False, action__isnull=False)
    latest = decided.filter(decided_at__gte=begin, decided_at__lt=end).order_by("-decided_at")
    cases = latest.only("opened_at", "decided_at")[:CASES_PER_MONTH]
    return [(case.decided_at - case.opened_at).total_seconds() for case in cases if case.decided_at]
