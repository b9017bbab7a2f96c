"""The items of the queue: a comment, why it waits, its author's history and its reports."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone
from django.utils.translation import gettext

from database.top_n import first_of_each
from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.references import fill_in
from forum.flags import weight
from forum.flags.models.flag import Flag
from forum.log.models.action import ModerationAction
from forum.moderation.highlight import highlight_words
from forum.people.reasons import Reason
from forum.screening.models.rule import Rule
from forum.screening.spam.signs import said

# So many of the latest comments, and of the lines of the log about a person, are counted.
LOOKED_AT = 100
FLAGS_SHOWN = 30
SPAM_WORDS_SHOWN = 8
LIKELY_REASON: dict[str, str] = {Case.Cause.SPAM: Reason.SPAM, Case.Cause.HEAT: Reason.UNKIND}
SANCTION_KINDS = {
    ModerationAction.Kind.WARN,
    ModerationAction.Kind.SILENCE,
    ModerationAction.Kind.SUSPEND,
    ModerationAction.Kind.BAN,
}


@dataclass
class AuthorHistory:
    """The numbers of an author's latest comments and sanctions, as far as they were counted."""

    published: int = 0
    removed: int = 0
    held: int = 0
    is_more: bool = False
    sanctions: Counter[str] = field(default_factory=Counter)  # by kind of action


@dataclass
class FlagGroup:
    """The reports of one comment that give the same reason."""

    name: str
    reason: str  # of a removal
    people: list[str] = field(default_factory=list)  # no name where the reader was signed out
    notes: list[str] = field(default_factory=list)

    @property
    def named(self) -> list[str]:
        return [name for name in self.people if name]


@dataclass
class QueueItem:
    case: Case
    history: AuthorHistory
    flags: list[FlagGroup]

    @property
    def comment(self) -> Comment:
        return self.case.comment

    @property
    def html(self) -> str:
        rule = self.case.rule
        conditions = rule.conditions if rule else []
        lines = [
            line
            for each in conditions
            if each.check_kind == Rule.Check.WORDS
            for line in each.words.splitlines()
        ]
        return highlight_words(self.comment.shown_html, lines) if lines else self.comment.shown_html

    @property
    def reason(self) -> str:
        """Return the likely reason of a removal: the most reported one, the gravest among
        equals.
        """
        people = Counter[str]()
        for group in self.flags:
            people[group.reason] += len(group.people)
        del people[""]
        if not people:
            return LIKELY_REASON.get(self.case.cause, Reason.OTHER)
        return max(people, key=lambda reason: (people[reason], weight.gravity(reason)))

    @property
    def is_young_account(self) -> bool:
        author = self.comment.author
        return author is not None and timezone.now() - author.date_joined < timedelta(days=7)

    @property
    def account_age(self) -> str:
        return str(naturaltime(self.comment.author.date_joined)) if self.comment.author else ""

    @property
    def spam_per_cent(self) -> int:
        return round(100 * (self.case.spam_score or 0))

    @property
    def spam_words(self) -> list[str]:
        return [said(str(word)) for word, *_ in self.case.spam_words][:SPAM_WORDS_SHOWN]


def queue_items(cases: list[Case]) -> list[QueueItem]:
    """Return the items of these cases.

    It takes three queries however many cases there are, and one more if a comment quotes
    another or mentions a name.
    """
    fill_in(each for case in cases for each in (case.comment, case.comment.parent) if each)
    histories = histories_of({case.comment.author_id for case in cases if case.comment.author_id})
    flags = _flags_of([case.comment_id for case in cases])
    return [
        QueueItem(
            case,
            histories.get(case.comment.author_id or 0, AuthorHistory()),
            flags[case.comment_id],
        )
        for case in cases
    ]


def histories_of(people: set[int]) -> dict[int, AuthorHistory]:
    histories: dict[int, AuthorHistory] = defaultdict(AuthorHistory)
    written = Comment.objects.newest().values_list("author", "status")
    counted: Counter[int] = Counter()
    for author, status in first_of_each(
        written.filter(author=each)[: LOOKED_AT + 1] for each in sorted(people)
    ):
        counted[author] += 1
        _count(histories[author], status)
    for author, number in counted.items():
        histories[author].is_more = number > LOOKED_AT
    about = (
        ModerationAction.objects.order_by("-pk")
        .filter(undone_by=None)
        .values_list("person", "kind")
    )
    for person, kind in first_of_each(
        about.filter(person=each)[:LOOKED_AT] for each in sorted(people)
    ):
        if kind in SANCTION_KINDS:
            histories[person].sanctions[kind] += 1
    return histories


def _count(history: AuthorHistory, status: str) -> None:
    history.published += status == Comment.Status.PUBLISHED
    history.removed += status in (Comment.Status.REMOVED, Comment.Status.ERASED)
    history.held += status == Comment.Status.HELD


def _flags_of(comments: list[int]) -> dict[int, list[FlagGroup]]:
    """Return the reports of each comment by reason: the most frequent first, the gravest among
    equals.
    """
    flags = Flag.objects.filter(outcome="").order_by("-pk")
    columns: Any = (
        "comment",
        "reason",
        "reason__name",
        "reason__reason",
        "person__username",
        "note",
        "notice__law",
        "notice__explanation",
        "notice__name",
    )
    groups: dict[int, dict[int, FlagGroup]] = defaultdict(dict)
    rows = first_of_each(
        flags.filter(comment=each).values_list(*columns)[:FLAGS_SHOWN] for each in comments
    )
    for comment, key, name, reason, person, note, *notice in rows:
        group = groups[comment].setdefault(key, FlagGroup(gettext(name), reason))
        group.people.append(person or "")
        group.notes += [
            text for text in (" · ".join(said for said in notice if said), note) if text
        ]
    found = {comment: sorted(by.values(), key=_by_weight) for comment, by in groups.items()}
    return defaultdict(list, found)


def _by_weight(group: FlagGroup) -> tuple[int, int]:
    return -len(group.people), -weight.gravity(group.reason)
