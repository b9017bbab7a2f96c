"""Held comments have an open case, and comments that were decided about have none."""

from collections.abc import Iterator
from functools import partial

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.flags.models.flag import Flag
from forum.log.models.action import ModerationAction
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, differences

Kind = ModerationAction.Kind
TAKEN = {Comment.Status.REMOVED: Kind.REMOVE, Comment.Status.ERASED: Kind.ERASE}
# The severity of a case that is lost is not known.
SEVERITY = 50


def find(keys: Range) -> Iterator[Mismatch]:
    waiting = Case.objects.filter(decided_at=None)
    held = Comment.objects.filter(pk__range=keys, status=Comment.Status.HELD).order_by("pk")
    for comment in held.filter(~Exists(waiting.filter(comment=OuterRef("pk")))):
        yield Mismatch(
            f"comment {comment.pk}", "case", None, "an open one", partial(_open, comment)
        )
    of_range = waiting.filter(comment__pk__range=keys).order_by("pk")
    for case in of_range.filter(comment__status__in=TAKEN).select_related("comment"):
        yield Mismatch(
            f"case {case.pk}", "decided_at", None, "when that was decided", _closing(case.comment)
        )
    yield from _topics(of_range)


def find_flags(keys: Range) -> Iterator[Mismatch]:
    halves = Q(outcome="", decided_at__isnull=False) | (~Q(outcome="") & Q(decided_at=None))
    for pk, outcome in (
        Flag.objects.filter(halves, pk__range=keys).order_by("pk").values_list("pk", "outcome")
    ):
        yield Mismatch(
            f"flag {pk}",
            "outcome",
            outcome,
            "there together with the time of the decision, or neither",
        )


def _topics(cases: models.QuerySet[Case]) -> Iterator[Mismatch]:
    topic = F("comment__discussion__article__topic")
    for pk, found, right in cases.annotate(right=topic).values_list("pk", "topic", "right"):
        yield from differences(f"case {pk}", Case, pk, {"topic": found}, {"topic": right})


def _open(comment: Comment) -> None:
    held = ModerationAction.objects.filter(comment=comment, kind=Kind.HOLD).first()
    cause = Case.Cause.RULE if held and held.rule_id else Case.Cause.BEFORE
    Case.objects.open(comment, cause=cause, severity=SEVERITY, rule=held.rule if held else None)


def _closing(comment: Comment) -> "partial[bool] | None":
    action = ModerationAction.objects.filter(
        comment=comment, kind=TAKEN[Comment.Status(comment.status)]
    ).first()
    return partial(Case.objects.close, comment, action) if action else None
