"""Check rows by ranges of keys, so that a site of any size is checked in little memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from django.db import models, transaction
from django.db.models import F, Max, Min

from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.maintenance.integrity.mismatch import Mismatch
from pagecache import versions

Range = tuple[int, int]  # the first and the last of some keys
Articles = dict[int, int]  # by the keys of their discussions


def lock_nothing(keys: Range) -> Articles:
    return {}


def lock_discussions(keys: Range) -> Articles:
    return _lock(Discussion.objects.filter(pk__range=keys))


def lock_comments(keys: Range) -> Articles:
    """Lock the discussions first, as every change of a comment does, then the comments."""
    comments = Comment.objects.filter(pk__range=keys)
    of_them = comments.order_by().values("discussion")
    articles = _lock(Discussion.objects.filter(pk__in=of_them))
    list(comments.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return articles


def _lock(discussions: models.QuerySet[Discussion]) -> Articles:
    rows = discussions.select_for_update(no_key=True).order_by("pk")
    return dict(rows.values_list("pk", "article"))


class Keys(Protocol):
    def highest(self) -> int: ...
    def from_key(self, key: int) -> int | None:
        """Return the first key that is not lower."""


@dataclass(frozen=True)
class KeysOf:
    """The keys of a model's rows. There may be gaps of any size between them."""

    model: type[models.Model]

    def highest(self) -> int:
        return self.model._base_manager.aggregate(key=Max("pk"))["key"] or 0

    def from_key(self, key: int) -> int | None:
        first: int | None = self.model._base_manager.filter(pk__gte=key).aggregate(key=Min("pk"))[
            "key"
        ]
        return first


@dataclass(frozen=True)
class Numbers:
    """The numbers from 1 on, of what is counted but has no rows."""

    highest: Callable[[], int]

    def from_key(self, key: int) -> int | None:
        return key


@dataclass(frozen=True)
class Check:
    find: Callable[[Range], Iterable[Mismatch]]
    keys: Keys
    step: int
    lock: Callable[[Range], Articles] = lock_nothing

    def ranges(self) -> Iterator[Range]:
        highest, first = self.keys.highest(), self.keys.from_key(1)
        while first is not None and first <= highest:
            last = min(first + self.step - 1, highest)
            yield first, last
            first = self.keys.from_key(last + 1)

    def run(self, keys: Range, *, repair: bool) -> list[Mismatch]:
        """Return the mismatches, found again while the rows are locked: another
        request may have written between two queries of the first search.
        """
        if not list(self.find(keys)):
            return []
        with transaction.atomic():
            articles = self.lock(keys)
            mismatches = list(self.find(keys))
            if repair:
                _repair(mismatches, articles)
        return mismatches


def _repair(mismatches: list[Mismatch], articles: Articles) -> None:
    for mismatch in mismatches:
        if mismatch.repair:
            mismatch.repair()
    if mismatches:
        Discussion.objects.filter(pk__in=articles).update(version=F("version") + 1)
        versions.purge(*articles.values())
