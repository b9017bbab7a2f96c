from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.discussion.models import thread
from forum.discussion.models.comment import NEAREST_ANCESTORS, Comment
from forum.log.models.action import ModerationAction

if TYPE_CHECKING:
    from accounts.models import User

# What is moved is written row by row while the discussion
# is held: readers go on reading, writers wait.
MOST_MOVED = 1_000
MOVED = ("parent", "root", "depth", "ancestor_ids", "reply_number")


class TooLarge(Exception):
    """The comment has more replies than can be moved at once."""


class SplitManager(models.Manager["Split"]):
    @transaction.atomic
    def away(self, comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
        """Move the comment with its replies to a new thread.

        Returns None if it already is the first of its thread. Raises TooLarge.
        """
        comment.discussion.lock()
        comment.refresh_from_db()
        if comment.parent is None or comment.root is None:
            return None
        old, moved = comment.root, list(_branch(comment))
        numbers = {str(each.pk): each.reply_number for each in moved}
        self.create(comment=comment, parent=comment.parent, root=old, reply_numbers=numbers)
        _replant(moved, parent=None, reply_numbers=range(len(moved)))
        thread.move(moved, out_of=old, into=None)
        return _recorded(ModerationAction.Kind.SPLIT, comment, by, note)

    @transaction.atomic
    def back(self, comment: Comment, *, by: "User", note: str = "") -> ModerationAction | None:
        """Move the thread back to where it was split from, with its later replies."""
        comment.discussion.lock()
        split = self.filter(comment=comment, joined_at=None).select_related("parent__root").first()
        if split is None:
            return None
        comment.refresh_from_db()
        self.filter(pk=split.pk).update(joined_at=timezone.now())
        moved, old = list(_branch(comment)), split.parent.root or split.parent
        numbers = split.numbers_in(old, moved)
        _replant(moved, parent=split.parent, reply_numbers=numbers)
        thread.move(moved, out_of=None, into=old)
        return _recorded(ModerationAction.Kind.JOIN, comment, by, note)


class Split(models.Model):
    """A branch that became a thread of its own, and its former place."""

    comment = models.ForeignKey("forum.Comment", models.CASCADE, related_name="splits")
    parent = models.ForeignKey("forum.Comment", models.PROTECT, related_name="+", db_index=False)
    root = models.ForeignKey("forum.Comment", models.PROTECT, related_name="+", db_index=False)
    # The number that each moved comment had in the old thread, by its key.
    reply_numbers = models.JSONField(db_column="places")
    created_at = models.DateTimeField(default=timezone.now)
    joined_at = models.DateTimeField(null=True)

    objects = SplitManager()

    class Meta:
        verbose_name = _("split")
        verbose_name_plural = _("splits")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=models.Q(joined_at__isnull=True),
                name="split_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}"

    def numbers_in(self, root: Comment, moved: list[Comment]) -> Iterator[int]:
        """Yield the former number of each comment in its thread, and new ones for later replies."""
        length = Comment.objects.values_list("thread_length", flat=True).get(pk=root.pk)
        for each in moved:
            number = self.reply_numbers.get(str(each.pk)) if root.pk == self.root_id else None
            if number is None:
                length = number = length + 1
            yield number
        Comment.objects.filter(pk=root.pk).update(thread_length=length)


def _branch(comment: Comment) -> Iterator[Comment]:
    """Yield the comment and all its descendants in the order of their keys, parents first."""
    level, branch = [comment], [comment]
    while level:
        below = Comment.objects.filter(parent__in=[each.pk for each in level]).order_by("pk")
        level = list(below[: MOST_MOVED - len(branch) + 1])
        branch += level
        if len(branch) > MOST_MOVED:
            raise TooLarge
    yield from sorted(branch, key=lambda each: each.pk)


def _replant(
    branch: list[Comment], *, parent: Comment | None, reply_numbers: Iterable[int]
) -> None:
    """Hang a branch below the parent, or make it a thread of its own."""
    known = {each.pk: each for each in branch}
    branch[0].parent = parent
    for each, reply_number in zip(branch, reply_numbers, strict=True):
        above = parent if each is branch[0] else known[each.parent_id or 0]
        each.root = (above.root or above) if above else None
        each.depth = above.depth + 1 if above else 0
        each.ancestor_ids = [*above.ancestor_ids, above.pk][-NEAREST_ANCESTORS:] if above else []
        each.reply_number = reply_number
    Comment.objects.bulk_update(branch, MOVED, batch_size=100)


def _recorded(kind: str, comment: Comment, by: "User", note: str) -> ModerationAction:
    comment.discussion.touch()
    comment.refresh_from_db()
    return ModerationAction.record(kind, by=by, comment=comment, note=note)
