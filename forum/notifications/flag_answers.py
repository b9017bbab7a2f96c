"""Email readers the outcome of their flags."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.limits import count_answer
from forum import tasks
from forum.flags.models.flag import ANSWERED, Flag
from forum.log.models.action import ModerationAction
from forum.notifications import letters, outcomes

ANSWERED_LATER = timedelta(hours=1)
LETTERS_AT_ONCE = 100


@transaction.atomic
def answer_flags(action: ModerationAction, *, after: int = 0) -> None:
    """Email the outcome of the flags that a decision settled. It does nothing if that was
    undone.
    """
    settled = Flag.objects.filter(
        comment=action.comment, decided_at=action.created_at, pk__gt=after
    ).order_by("pk")
    flags = list(
        settled.select_related("person", "reason", "comment__discussion__article")[
            : LETTERS_AT_ONCE + 1
        ]
    )
    for flag in flags[:LETTERS_AT_ONCE]:
        if flag.person_id:
            outcomes.tell_of_report(flag, action)
        else:
            answer_flag(flag)
    if len(flags) > LETTERS_AT_ONCE:
        tasks.tell_flaggers.enqueue(action.pk, flags[LETTERS_AT_ONCE - 1].pk)


def answer_flag(flag: Flag) -> None:
    """Email the outcome of one flag to somebody without an account.

    Anybody may have typed the address, so it gets a limited number of emails an hour.
    """
    if flag.address and not count_answer(flag.address):
        tasks.answer_flag.using(run_after=timezone.now() + ANSWERED_LATER).enqueue(flag.pk)
        return
    if flag.address:
        letters.flag_decided(flag).send()
    if flag.email:
        Flag.objects.filter(pk=flag.pk).update(email=f"{flag.pk}{ANSWERED}")
