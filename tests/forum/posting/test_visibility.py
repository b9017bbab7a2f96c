"""Every change of a comment's status, and its calls of appear() and disappear()."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise, permutations
from uuid import uuid4

import pytest

from accounts.models import User
from forum.maintenance import integrity
from forum.models import Comment, Discussion, ModerationAction, Policy, Split
from forum.moderation import decisions
from forum.moderation.undo import undo
from forum.posting import post, visibility
from forum.posting.edit import delete_comment, edit_comment, undelete_comment

# The verbs one after the other, each with the status after it and what it calls: `appears`
# for a comment that readers have not seen before, `again` for others, `disappears`.
WALKS = """
post published appears; edit published; edit_out published
post published appears; hold held disappears; approve published again
post published appears; hold held disappears; undo published again
post published appears; hold held disappears; remove removed; restore published again
post published appears; remove removed disappears; restore published again
post published appears; remove removed disappears; undo published again
post published appears; erase erased disappears; restore published again
post published appears; erase erased disappears; undo published again
post published appears; remove removed disappears; erase erased; undo removed
post published appears; delete deleted disappears; undelete published again
post published appears; edit_that_waits held disappears; approve published again
post published appears; edit_that_waits held disappears; delete deleted; undelete held
post published appears; remove removed disappears; withdraw deleted
post published appears; erase erased disappears; withdraw deleted
post published appears; split published; join published
post_that_waits held; approve published appears; undo held disappears; approve published again
post_that_waits held; approve published appears; delete deleted disappears; undelete published again
post_that_waits held; edit_out published appears; undo held disappears; approve published again
post_that_waits held; delete deleted; undelete held; approve published appears
post_that_waits held; remove removed; undo held; approve published appears
post_that_waits held; remove removed; restore published appears
post_that_waits held; erase erased; undo held; approve published appears
post_that_waits held; remove removed; erase erased; undo removed; restore published appears
""".strip().splitlines()
# How often a verb locks the discussion. A post locks it as it checks that it is open; a comment
# whose edit waits is held by the same function that holds one for a moderator.
LOCKS = {"post": 0, "post_that_waits": 0, "edit_that_waits": 2}
STATUSES = ("published", "held", "deleted", "removed", "erased")
# Nobody decides about a comment that its author has deleted.
NEVER = {("deleted", "removed"), ("deleted", "erased")}


def steps_of(walk: str) -> list[tuple[str, str, list[str]]]:
    """Return the verbs of a walk, with the status after each and the calls that it makes."""
    steps = []
    for step in walk.split("; "):
        verb, status, *calls = step.split()
        steps.append((verb, status, calls))
    return steps


@dataclass
class Walk:
    """A reply, and the verbs that change its status."""

    discussion: Discussion
    parent: Comment
    author: User
    moderator: User
    calls: list[str] = field(default_factory=list)
    locks: int = 0

    def post(self) -> None:
        self.comment = post.post_comment(
            self.discussion,
            by=self.author,
            body="The tide turns.",
            parent=self.parent,
            key=uuid4().hex,
        )

    def post_that_waits(self) -> None:
        Policy.objects.create(mode=Policy.Mode.BEFORE)
        self.post()

    def edit(self) -> None:
        assert edit_comment(self.comment, body="The tide turns now.")

    def edit_that_waits(self) -> None:
        Policy.objects.create(mode=Policy.Mode.BEFORE)
        self.edit()

    def delete(self) -> None:
        assert delete_comment(self.comment)

    def undelete(self) -> None:
        assert undelete_comment(self.comment)

    def hold(self) -> None:
        assert visibility.hold(self.comment, by=self.moderator, reason="spam")

    def approve(self) -> None:
        assert decisions.approve(self.comment, by=self.moderator)

    def remove(self) -> None:
        assert decisions.remove(self.comment, by=self.moderator, reason="spam")

    def erase(self) -> None:
        assert decisions.erase(self.comment, by=self.moderator, reason="spam")

    def restore(self) -> None:
        assert decisions.restore(self.comment, by=self.moderator)

    def edit_out(self) -> None:
        assert decisions.edit_out(self.comment, by=self.moderator, body="The tide.")

    def undo(self) -> None:
        latest = ModerationAction.objects.filter(comment=self.comment).latest("pk")
        assert undo(latest, by=self.moderator)

    def withdraw(self) -> None:
        """Delete it as remove_sample does, whatever its status."""
        self.comment.lock()
        now = self.comment.status
        assert visibility.change_status(self.comment, now, "deleted", removal_reason="")

    def split(self) -> None:
        assert Split.objects.away(self.comment, by=self.moderator)

    def join(self) -> None:
        assert Split.objects.back(self.comment, by=self.moderator)

    def step(self, verb: str) -> str:
        """Call the verb and return the status after it."""
        getattr(self, verb)()
        self.comment = Comment.objects.select_related("discussion__article").get(pk=self.comment.pk)
        return self.comment.status


@pytest.fixture
def walk(
    say: Callable[..., Comment],
    discussion: Discussion,
    reader: User,
    other_reader: User,
    moderator: User,
    monkeypatch: pytest.MonkeyPatch,
) -> Walk:
    parent = say("When does it turn?", by=other_reader)
    walk = Walk(discussion, parent, reader, moderator)

    def counted_appear(comment: Comment) -> None:
        walk.calls.append("again" if visibility.was_published_before(comment) else "appears")
        appear(comment)

    def counted_disappear(comment: Comment) -> None:
        walk.calls.append("disappears")
        disappear(comment)

    def counted_lock(discussion: Discussion) -> None:
        walk.locks += 1
        lock(discussion)

    appear, disappear, lock = visibility.appear, visibility.disappear, Discussion.lock
    monkeypatch.setattr(Discussion, "lock", counted_lock)
    for module in (visibility, post):
        monkeypatch.setattr(module, "appear", counted_appear)
    monkeypatch.setattr(visibility, "disappear", counted_disappear)
    return walk


@pytest.mark.parametrize("verbs", WALKS)
def test_each_change_of_status_makes_its_calls(verbs: str, walk: Walk) -> None:
    for verb, status, calls in steps_of(verbs):
        walk.calls.clear()
        walk.locks = 0
        assert (walk.step(verb), walk.calls) == (status, calls), verb
        assert walk.locks == LOCKS.get(verb, 1), verb
    published = Comment.objects.filter(status="published").count()
    assert Discussion.objects.get().comment_count == published
    assert list(integrity.check(repair=False, progress=lambda _: None)) == []


def test_the_walks_make_every_change_that_there_is() -> None:
    changes = {
        (before, after)
        for verbs in WALKS
        for (_, before, _), (_, after, _) in pairwise(steps_of(verbs))
        if before != after
    }
    assert changes == {*permutations(STATUSES, 2)} - NEVER
    assert {*STATUSES} == {*Comment.Status.values}
