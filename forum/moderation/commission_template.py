"""The Commission's template for transparency reports, filled in as far as the site knows.

Of the parts in annex I of Implementing Regulation (EU) 2024/2835: notices of illegal
content (4) and complaints, which are called objections here (7). Counts are whole numbers
and medians are hours, as annex II asks. What the site does not know stays empty: an empty
field asks the publisher, a zero would answer for them.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from statistics import median
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.cache import cache
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from forum.flags.categories import SUBCATEGORIES, Category
from forum.flags.models.flag import Flag
from forum.flags.models.notice import Notice
from forum.log import texts
from forum.log.models.action import ModerationAction
from forum.moderation.models.objection import Objection
from forum.people.reasons import Reason
from publication.current import current

HOUR = 60 * 60  # seconds
CACHED_FOR = HOUR
NOTICES_FILE = "Part_4_notices.csv"
COMPLAINTS_FILE = "Part_7_appeals_and_recidivism.csv"

Row = list[Any]
Values = dict[tuple[str, str], Any]  # by indicator and scope


def archive(year: int) -> bytes:
    """Return a ZIP file with the filled-in parts for one year."""
    key = f"commission-template-{year}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = _archive(year)
        cache.set(key, content, CACHED_FOR)
    return content


def _archive(year: int) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as files:
        files.writestr(NOTICES_FILE, _csv(notices(year)))
        files.writestr(COMPLAINTS_FILE, _csv(complaints(year)))
    return buffer.getvalue()


def _csv(rows: Iterable[Row]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


# --- Part 4: notices ---

TRUSTED = " (Trusted Flagger notices)"
ITEMS = "Number of specific items of information included in the total number of notices"
BY_LAW = "Number of actions taken on the basis of the law"
BY_TERMS = "Number of actions taken on the basis of the terms and conditions of the service"
NUMBERS = [
    "Number of notices received ",
    "Number of notices received from Trusted flaggers",
    ITEMS,
    f"{ITEMS} by Trusted Flaggers{TRUSTED}",
    "Median time to take action",
    f"Median time to take action{TRUSTED}",
    BY_LAW,
    f"{BY_LAW}{TRUSTED}",
    BY_TERMS,
    f"{BY_TERMS}{TRUSTED}",
]
FIRST_COLUMNS = ["Applicability", "Service", "Reporting period"]
NOTICE_COLUMNS = [
    *FIRST_COLUMNS,
    "Category of illegal content",
    'Description of the sub-category "Other"',
    *NUMBERS,
    *(f"Contextual information on {name}" for name in NUMBERS),
]
HOSTING = "Only for providers of hosting services, including online platforms"
TOTAL, NOT_SPECIFIED = "TOTAL", "STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE"


@dataclass
class NoticeCount:
    received: int = 0
    seconds: list[float] = field(default_factory=list)  # from notice to action
    by_law: int = 0
    by_terms: int = 0

    def add(self, notice: Any, *, is_counted_action: bool) -> None:
        self.received += 1
        if notice.flag.outcome == Flag.Outcome.UPHELD:
            self.seconds.append((notice.flag.decided_at - notice.created_at).total_seconds())
        if is_counted_action:
            self.by_law += notice.ground == Reason.ILLEGAL
            self.by_terms += notice.ground != Reason.ILLEGAL

    def numbers(self) -> Row:
        """Each notice names one comment, so items are as many
        as notices; nobody here is a trusted flagger.
        """
        return [
            self.received,
            "",
            self.received,
            "",
            _hours(self.seconds),
            "",
            self.by_law,
            "",
            self.by_terms,
            "",
        ]


def notices(year: int) -> Iterator[Row]:
    counts = _count_notices(year)
    yield NOTICE_COLUMNS
    for code in _codes():
        numbers = [""] * len(NUMBERS) if code.startswith("KEYWORD_") else counts[code].numbers()
        yield [HOSTING, *_service_and_period(year), code, "", *numbers, *[""] * len(NUMBERS)]


def _codes() -> Iterator[str]:
    yield TOTAL
    for category, subcategories in SUBCATEGORIES.items():
        yield f"STATEMENT_CATEGORY_{category}"
        yield from (f"KEYWORD_{name}" for name in [*subcategories, "OTHER"])
    yield NOT_SPECIFIED


def _count_notices(year: int) -> dict[str, NoticeCount]:
    counts: dict[str, NoticeCount] = defaultdict(NoticeCount)
    actions: set[tuple[int, datetime]] = set()  # several notices may have led to one
    for notice in _notices_of(year).iterator():
        flag = notice.flag
        action = (flag.comment_id, flag.decided_at)
        is_first = flag.outcome == Flag.Outcome.UPHELD and action not in actions
        for code in (TOTAL, _code_of(notice)):
            counts[code].add(notice, is_counted_action=is_first)
        if is_first:
            actions.add(action)
    return counts


def _notices_of(year: int) -> Any:
    action = ModerationAction.objects.filter(
        comment=OuterRef("flag__comment"), created_at=OuterRef("flag__decided_at")
    ).order_by("-pk")
    begin, end = _year(year)
    received = (
        Notice.objects.filter(created_at__gte=begin, created_at__lt=end)
        .select_related("flag")
        .order_by("pk")
    )
    return received.annotate(ground=Subquery(action.values("reason")[:1]))


def _code_of(notice: Notice) -> str:
    category = notice.category or (
        Category.PROTECTION_OF_MINORS if notice.is_about_children else ""
    )
    return f"STATEMENT_CATEGORY_{category}" if category else NOT_SPECIFIED


# --- Part 7: complaints ---

COMPLAINT_COLUMNS = [
    *FIRST_COLUMNS,
    "Section",
    "Indicator",
    "Scope",
    "Value",
    "Contextual Information",
]
PLATFORMS = "Only for providers of online platforms"
NUMBER, STANDS, PARTLY, REVERSED, TIME = SCOPES = [
    "Total number",
    "Decisions upheld",
    "Decisions partially reversed",
    "Decisions reversed",
    "Median time",
]
COMPLAINTS = "Number of complaints submitted to the internal-complaints mechanism"
ABOUT = "Complaint regarding a decision "
VISIBILITY = f"{ABOUT}to remove or disable access to or restrict visibility of information"
SERVICE = f"{ABOUT}to suspend or terminate the provision of the service"
NO_ACTION = f"{ABOUT}not to take action on a notice submitted "
SUSPENSIONS = "Number of suspensions enacted for the provision of manifestly "
SECTIONS: dict[str, dict[str, list[str]]] = {
    "Internal complaints mechanism": {
        COMPLAINTS: [*SCOPES, "Decision omitted"],
        "Number of restrictions newly imposed as a result of an internal complaint": [NUMBER],
        VISIBILITY: SCOPES,
        SERVICE: SCOPES,
        f"{ABOUT}to suspend or terminate an account ": SCOPES,
        f"{ABOUT}to restrict the ability to monetise information": SCOPES,
        f"{NO_ACTION}in accordance with Article 16": SCOPES,
        f"{NO_ACTION}by a Trusted Flagger in accordance with Article 16": SCOPES,
    },
    "Out-of-court dispute settlement bodies": {
        "Number of disputes submitted to out-of-court dispute settlement bodies": [
            *SCOPES,
            "Decision omitted",
            "Percentage of outcomes implemented",
        ],
    },
    "Suspensions imposed on repeated offenders": {
        f"{SUSPENSIONS}illegal content ": [NUMBER],
        f"{SUSPENSIONS}unfounded notices": [NUMBER],
        f"{SUSPENSIONS}unfounded complaints": [NUMBER],
    },
}


def complaints(year: int) -> Iterator[Row]:
    values = _complaint_values(year)
    yield COMPLAINT_COLUMNS
    for section, indicators in SECTIONS.items():
        for indicator, scopes in indicators.items():
            for scope in scopes:
                whom = "All" if (indicator, scope) == (COMPLAINTS, NUMBER) else PLATFORMS
                value = values.get((indicator, scope), "")
                yield [whom, *_service_and_period(year), section, indicator, scope, value, ""]


def _complaint_values(year: int) -> Values:
    begin, end = _year(year)
    made = (
        Objection.objects.filter(created_at__gte=begin, created_at__lt=end)
        .order_by("pk")
        .select_related("action")
    )
    outcomes: dict[str, Counter[str]] = {
        name: Counter() for name in (COMPLAINTS, VISIBILITY, SERVICE)
    }
    seconds: dict[str, list[float]] = defaultdict(list)
    for objection in made.iterator():
        for indicator in _indicators_of(objection):
            outcomes[indicator][objection.outcome] += 1
            if objection.decided_at:
                seconds[indicator].append(
                    (objection.decided_at - objection.created_at).total_seconds()
                )
    values: Values = {}
    for indicator, counted in outcomes.items():
        reversed_, stands = counted[Objection.Outcome.UPHELD], counted[Objection.Outcome.REJECTED]
        numbers = [counted.total(), stands, 0, reversed_, _hours(seconds[indicator])]
        values |= {
            (indicator, scope): number for scope, number in zip(SCOPES, numbers, strict=True)
        }
    return values


def _indicators_of(objection: Objection) -> list[str]:
    """Return where it is counted: a warning takes nothing away, so it counts in all alone."""
    kind = objection.action.kind
    if kind in texts.SANCTIONS:  # who is banned keeps the account, and can read and delete
        return [COMPLAINTS, SERVICE]
    return [COMPLAINTS] if kind == ModerationAction.Kind.WARN else [COMPLAINTS, VISIBILITY]


# --- Both ---


def _service_and_period(year: int) -> Row:
    begin, end = _year(year)
    last = min((end - timedelta(days=1)).date(), timezone.localdate())
    return [current().name, f"{begin.date()}/{last}"]


def _year(year: int) -> tuple[datetime, datetime]:
    begin, end = (datetime(number, 1, 1) for number in (year, year + 1))  # noqa: DTZ001
    return timezone.make_aware(begin), timezone.make_aware(end)


def _hours(seconds: list[float]) -> float | str:
    return round(median(seconds) / HOUR, 2) if seconds else ""
