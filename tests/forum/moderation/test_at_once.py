"""Four moderators on the same queue at the same time: every case is decided once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from forum.models import Case, Comment, Discussion, ModerationAction
from forum.moderation.resolution import AlreadyResolved, Resolution
from forum.moderation.undo import undo
from tests.conftest import person

pytestmark = pytest.mark.django_db(transaction=True)

MODERATORS, CASES = 4, 40


def at_once(decision: Callable[[int], Any]) -> list[Any]:
    """Done by each of them in a thread and with a connection of their own."""
    ready = Barrier(MODERATORS)

    def begin(number: int) -> Any:
        ready.wait()
        try:
            return decision(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(MODERATORS) as pool:
        return list(pool.map(begin, range(MODERATORS)))


@pytest.fixture
def moderators(db: None) -> list[User]:
    return [
        person(f"{name} Moderator", is_staff=True, is_superuser=True)
        for name in ("Ada", "Bo", "Cleo", "Dag")
    ]


def test_no_decision_is_lost_and_none_is_doubled(
    waits: Callable[..., Case], moderators: list[User]
) -> None:
    keys = [waits(f"{number}").pk for number in range(CASES)]

    def clear(number: int) -> Counter[str]:
        told: Counter[str] = Counter()
        for key in keys:
            case = Case.objects.select_related(
                "comment__author", "comment__discussion__article"
            ).get(pk=key)
            try:
                told["taken"] += len(
                    Resolution("remove" if number % 2 else "approve", reason="spam").apply(
                        case, by=moderators[number]
                    )
                )
            except AlreadyResolved:
                told["told"] += 1
        return told

    told: Counter[str] = sum(at_once(clear), Counter())
    assert told == {"taken": CASES, "told": (MODERATORS - 1) * CASES}
    assert ModerationAction.objects.count() == CASES
    assert not Case.objects.waiting().exists()
    assert (
        Discussion.objects.get().comment_count == Comment.objects.filter(status="published").count()
    )


def test_a_decision_is_taken_back_by_one_of_them(
    waits: Callable[..., Case], moderators: list[User]
) -> None:
    case = waits("Hm.")
    (line,) = Resolution("remove", reason="spam").apply(case, by=moderators[0])

    def undone(number: int) -> bool:
        action = ModerationAction.objects.select_related("comment__discussion__article").get(
            pk=line.pk
        )
        return undo(action, by=moderators[number]) is not None

    assert sorted(map(bool, at_once(undone))) == [False, False, False, True]
    assert Case.objects.waiting().count() == Discussion.objects.get().comment_count == 1
