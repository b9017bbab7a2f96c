"""Who may write now: nobody who is suspended, and nobody
faster than the site and the discussion allow.
"""

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db.models import Value
from django.utils import timezone

from database.prepared import PreparedQuery, param
from forum.discussion.models.discussion import Discussion
from forum.people.models.sanction import Sanction
from forum.posting.refusals import Suspended, TooFast

if TYPE_CHECKING:
    from accounts.models import User

LOOKED_AT = 50  # comments


def admit(person: "User", discussion: Discussion) -> None:
    """Raise a Refusal where this person may not write there now."""
    sanction = Sanction.objects.of(person)
    if sanction:
        raise Suspended(sanction.until)
    admit_pace(person, discussion)


def admit_pace(person: "User", discussion: Discussion) -> None:
    """Raise TooFast. Asked before anything is rendered, and again while
    the writer's row is held.
    """
    _admit_slowly(person, discussion)
    allowed, seconds = settings.COMMENT_RATE
    for (earlier,) in _comment_before(allowed).objects(person.pk, timezone.now()):
        free_at = earlier + timedelta(seconds=seconds)
        if free_at > timezone.now() and not person.is_staff:
            raise TooFast(free_at)


def _admit_slowly(person: "User", discussion: Discussion) -> None:
    """One comment every so many minutes, looked for among the person's
    latest wherever they wrote.
    """
    if not discussion.slow_minutes or person.is_staff:
        return
    rows = LATEST_OF_PERSON.objects(person.pk, timezone.now())
    latest = [at for where, at in rows if where == discussion.pk]
    free_at = latest[0] + timedelta(minutes=discussion.slow_minutes) if latest else timezone.now()
    if free_at > timezone.now():
        raise TooFast(free_at)


def _comments_until_now() -> Any:
    """Somebody's, the newest first; those that a clock dated ahead keep nobody waiting."""
    comments = apps.get_model("forum", "Comment").objects.filter(
        author=param(1), created_at__lte=Value(param(2))
    )
    return comments.newest()


# Of a person: enough to find the latest one in a discussion, whatever else they wrote.
LATEST_OF_PERSON = PreparedQuery(
    lambda: _comments_until_now().values_list("discussion", "created_at")[:LOOKED_AT]
)


@cache
def _comment_before(number: int) -> PreparedQuery:
    """When somebody's comment was written that so many (this one counted) have followed."""
    return PreparedQuery(
        lambda: _comments_until_now().values_list("created_at")[number - 1 : number]
    )
