"""A site on which comments wait for moderators. Needs Django."""

from datetime import timedelta
from functools import cache
from itertools import islice

from django.utils import timezone

from accounts.models import User
from benchmarks.site import settle, write
from forum.maintenance.generation import Outline, generate
from forum.maintenance.generation.people import people
from forum.models import Case, Comment, Flag, FlagReason

IN_ONE_DISCUSSION = 100_000
REPORTS = 2  # of each comment that waits
CAUSES = [Case.Cause.FLAGS, Case.Cause.SPAM, Case.Cause.RULE, Case.Cause.HEAT]


@cache
def moderator() -> User:
    return User.objects.create_superuser(
        email="queue@generated.invalid", username="Queue Moderator"
    )


def fill(comments: int, waiting: int) -> None:
    """So many comments more, until so many wait, each reported twice."""
    for number in range(-(-comments // IN_ONE_DISCUSSION)):
        outline = Outline(comments=min(comments, IN_ONE_DISCUSSION), seed=number)
        generate(write(f"queue-{comments}-{number}"), outline)
    _open(waiting - Case.objects.waiting().count())
    settle()


def _open(number: int) -> None:
    reporters = people(REPORTS)
    reason, _ = FlagReason.objects.get_or_create(name="Spam", defaults={"reason": "spam"})
    fresh = (
        Comment.objects.filter(cases=None)
        .order_by("-pk")
        .values_list("pk", "discussion__article__topic")
    )
    chosen = list(islice(fresh[: number * 7 : 7], number))
    now = timezone.now()
    Case.objects.bulk_create(
        Case(
            comment_id=pk,
            topic_id=topic,
            cause=CAUSES[each % 4],
            severity=10 * (each // 4 % 8),
            spam_score=each % 100 / 100,
            opened_at=now - timedelta(seconds=each),
        )
        for each, (pk, topic) in enumerate(chosen)
    )
    Flag.objects.bulk_create(
        Flag(comment_id=pk, person_id=reporter, reason=reason, weight=100)
        for pk, _ in chosen
        for reporter in reporters
    )
