"""Check rows by ranges of keys, so that a site of any size is checked in little memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F, Max

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


@dataclass(frozen=True)
class Check:
    find: Callable[[Range], Iterable[Mismatch]]
    highest: Callable[[], int]  # the highest key
    step: int
    lock: Callable[[Range], Articles] = lock_nothing

    def ranges(self) -> Iterator[Range]:
        highest = self.highest()
        for first in range(1, highest + 1, self.step):
            yield first, min(first + self.step - 1, highest)

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


def highest_of(model: type[models.Model]) -> Callable[[], int]:
    return lambda: model._base_manager.aggregate(highest=Max("pk"))["highest"] or 0


def _repair(mismatches: list[Mismatch], articles: Articles) -> None:
    for mismatch in mismatches:
        if mismatch.repair:
            mismatch.repair()
    if mismatches:
        Discussion.objects.filter(pk__in=articles).update(version=F("version") + 1)
        versions.purge(*articles.values())
