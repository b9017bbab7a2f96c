"""Open a case for a heated comment after a reply, a vote or a flag.

Each check reads a bounded number of rows, whatever the size of the thread. forum.cases.heat has
the thresholds.
"""

from collections.abc import Collection
from datetime import timedelta

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from forum.cases import heat
from forum.cases.models import Case
from forum.discussion.clock import SKEW, is_within
from forum.discussion.models.comment import Comment

HEAT = Case.Cause.HEAT


def after_reply(comment: Comment) -> None:
    """Check for an exchange, inside the transaction that posts the reply.

    Most replies are ruled out without a query.
    """
    parent, chain = comment.parent, comment.ancestor_ids[1 - heat.TURNS :]
    if parent is None or len(chain) < heat.TURNS - 1 or parent.author_id == comment.author_id:
        return
    # What was written elsewhere and is brought here late heats up nothing.
    just_now = all(is_within(heat.TURNS_TIME, each.created_at) for each in (parent, comment))
    if not comment.is_published or not just_now:
        return
    before = (
        Comment.objects.filter(pk__in=chain).order_by("depth").values_list("author", "created_at")
    )
    turns = [heat.Turn(*row) for row in [*before, (comment.author_id, comment.created_at)]]
    if heat.is_exchange(turns) and not _is_seen_to(comment.ancestor_ids, heat.TURNS_TIME):
        _open(comment)


def after_vote(comment: Comment) -> None:
    """Check a comment after a vote against it.

    The transaction of the vote has locked the comment; this one locks the discussion first, as
    all do.
    """
    if not heat.is_disliked(helpful=comment.ranked_helpful, unhelpful=comment.ranked_unhelpful):
        return
    if Case.objects.filter(Q(cause=HEAT) | Q(decided_at=None), comment=comment).exists():
        return
    with transaction.atomic():
        comment.lock()
        if Comment.objects.filter(pk=comment.pk, status=Comment.Status.PUBLISHED).exists():
            _open(comment)


def after_flag(comment: Comment) -> None:
    """Check the thread of a flagged comment, inside the transaction that makes the flag."""
    head_id = comment.root_id or comment.pk
    latest = apps.get_model("forum", "Flag").objects.order_by("-pk")
    rows = latest.values_list("comment", "person", "comment__root", "created_at", "outcome")[
        : heat.FLAGS_LOOKED_AT
    ]
    flags = [
        heat.Flagged(flagged, person)
        for flagged, person, root, at, outcome in rows
        if (root or flagged) == head_id
        and is_within(heat.FLAGGED_TIME, at)
        and outcome != "rejected"
    ]
    if not heat.is_flagged_thread(flags) or _is_seen_to([head_id], heat.FLAGGED_TIME):
        return
    head = comment.root or comment
    if head.is_published:
        head.discussion = comment.discussion
        _open(head)


def _is_seen_to(comments: Collection[int], time: timedelta) -> bool:
    """Return True if one of the comments has an open case, or had one for heat recently."""
    now = timezone.now()
    recently = Q(cause=HEAT, opened_at__range=(now - time, now + SKEW))
    return Case.objects.filter(recently | Q(decided_at=None), comment__in=comments).exists()


def _open(comment: Comment) -> None:
    Case.objects.open(comment, cause=HEAT, severity=heat.SEVERITY)
