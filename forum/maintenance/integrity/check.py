"""What is gone through, a range of keys at a time, so that a
site of any size is checked in little memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F, Max

from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.maintenance.integrity.drift import Drift
from pagecache import versions

Range = tuple[int, int]  # the first and the last of some keys
Articles = dict[int, int]  # by the keys of their discussions


def hold_nothing(keys: Range) -> Articles:
    return {}


def hold_discussions(keys: Range) -> Articles:
    return _hold(Discussion.objects.filter(pk__range=keys))


def hold_comments(keys: Range) -> Articles:
    """As whoever changes them: the discussions first. A vote holds its comment alone."""
    comments = Comment.objects.filter(pk__range=keys)
    held = _hold(Discussion.objects.filter(pk__in=comments.order_by().values("discussion")))
    list(comments.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return held


def _hold(discussions: models.QuerySet[Discussion]) -> Articles:
    rows = discussions.select_for_update(no_key=True).order_by("pk")
    return dict(rows.values_list("pk", "article"))


@dataclass(frozen=True)
class Subject:
    look: Callable[[Range], Iterable[Drift]]
    highest: Callable[[], int]  # key that there is
    step: int
    hold: Callable[[Range], Articles] = hold_nothing

    def ranges(self) -> Iterator[Range]:
        highest = self.highest()
        for first in range(1, highest + 1, self.step):
            yield first, min(first + self.step - 1, highest)

    def check(self, keys: Range, *, repair: bool) -> list[Drift]:
        """Somebody may have written between two queries: what seems
        to have drifted is looked at again, held fast.
        """
        if not list(self.look(keys)):
            return []
        with transaction.atomic():
            held = self.hold(keys)
            drifts = list(self.look(keys))
            if repair:
                _mend(drifts, held)
        return drifts


def highest_of(model: type[models.Model]) -> Callable[[], int]:
    return lambda: model._base_manager.aggregate(highest=Max("pk"))["highest"] or 0


def _mend(drifts: list[Drift], held: Articles) -> None:
    for drift in drifts:
        if drift.mend:
            drift.mend()
    if drifts:
        Discussion.objects.filter(pk__in=held).update(version=F("version") + 1)
        versions.purge(*held.values())
