"""The daily or weekly email: what was answered, and the best of what its reader follows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage

from articles.models.article import long_columns
from forum.discussion.models.comment import Comment
from forum.notifications.envelope import addressee, link_to_leave, list_email, wanted
from forum.notifications.models.kind import FOLLOWED, Kind
from forum.notifications.models.notification import Notification
from forum.notifications.models.settings import SETTING_OF

if TYPE_CHECKING:
    from accounts.models import User

ANSWERS_SHOWN = 20
BEST_SHOWN = 5
ARTICLE = "comment__discussion__article"
SHOWN = ("comment__author", ARTICLE, "flag__comment__discussion__article")
LONG_TEXTS = [*long_columns(ARTICLE), *long_columns("flag__comment__discussion__article")]


@dataclass
class Digest:
    answers: list[Notification] = field(default_factory=list)  # what concerns them in person
    followed: list[Notification] = field(default_factory=list)
    reports: list[Notification] = field(default_factory=list)

    @property
    def best(self) -> list[Notification]:
        best = sorted(self.followed, key=lambda row: _rank(row.comment), reverse=True)
        return best[:BEST_SHOWN]

    @property
    def is_empty(self) -> bool:
        return not (self.answers or self.followed or self.reports)


def compose(person_key: int, keys: list[int], number: int) -> EmailMessage | None:
    """Build the email about these notifications, as far as their person may see them now.

    `number` also counts those of a very long list that were left out of it.
    """
    person = addressee(person_key)
    digest = _digest(_rows(person, keys)) if person else Digest()
    if person is None or digest.is_empty:
        return None
    shown = len(digest.answers) + len(digest.followed) + len(digest.reports)
    total = shown + number - len(keys)
    context = {
        "digest": digest,
        "answers": digest.answers[:ANSWERS_SHOWN],
        "number": total,
        "more": total - len(digest.reports) - len(digest.answers[:ANSWERS_SHOWN] + digest.best),
    }
    leave = link_to_leave(person, _settings_of(digest))
    return list_email(
        "forum/notifications/digest", person, context, list_name="digest", leave=leave
    )


def _rows(person: "User", keys: list[int]) -> list[Notification]:
    return list(wanted(person, keys).select_related(*SHOWN).defer(*LONG_TEXTS))


def _digest(rows: Iterable[Notification]) -> Digest:
    digest = Digest()
    for row in rows:
        if row.kind == Kind.REPORT:
            digest.reports.append(row)
        elif row.kind in FOLLOWED:
            digest.followed.append(row)
        elif row.comment:
            digest.answers.append(row)
    return digest


def _settings_of(digest: Digest) -> list[str]:
    rows = digest.answers + digest.followed + digest.reports
    return list(dict.fromkeys(SETTING_OF[Kind(row.kind)] for row in rows))


def _rank(comment: Comment | None) -> int:
    return comment.rank if comment else 0
