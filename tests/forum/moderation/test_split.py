"""A side discussion becomes a thread of its own, and goes back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.discussion.models.comment import NEAREST_ANCESTORS
from forum.models import Comment, Discussion, ModerationAction, Split, TooLarge
from forum.moderation import decisions
from forum.moderation.models import split
from forum.posting.edit import delete_comment

Say = Callable[..., Comment]
Tree = dict[str, Comment]

SHAPE = {"head": None, "a": "head", "b": "a", "c": "b", "d": "head", "e": "b"}
PLACE = ("parent_id", "root_id", "depth", "ancestor_ids", "reply_number", "sibling_number")


@pytest.fixture
def tree(say: Say) -> Tree:
    """Below the first comment a side discussion, `a` with `b`, `c` and `e`, and beside it `d`."""
    comments: Tree = {}
    for name, parent in SHAPE.items():
        comments[name] = say(f"Words of {name}.", parent=comments.get(parent or ""))
    return comments


def places(tree: Tree) -> dict[str, tuple[object, ...]]:
    found = {comment.pk: comment for comment in Comment.objects.all()}
    return {
        name: tuple(getattr(found[comment.pk], column) for column in PLACE)
        for name, comment in tree.items()
    }


def counts(comment: Comment) -> tuple[int, int, bool]:
    comment.refresh_from_db()
    return comment.reply_count, comment.thread_length, comment.is_listed


def test_a_branch_becomes_a_thread(tree: Tree, moderator: User) -> None:
    assert Split.objects.away(tree["a"], by=moderator)
    a, b = tree["a"].pk, tree["b"].pk
    assert places(tree)["a"] == (None, None, 0, [], 0, 1)
    assert places(tree)["b"] == (a, a, 1, [a], 1, 1)
    assert places(tree)["e"] == (b, a, 2, [a, b], 3, 2)


def test_both_threads_count_what_is_theirs(tree: Tree, moderator: User) -> None:
    Split.objects.away(tree["a"], by=moderator)
    assert counts(tree["head"]) == (1, 5, True)
    assert counts(tree["a"]) == (3, 3, True)
    assert Discussion.objects.get().comment_count == 6


@pytest.mark.parametrize(
    "change",
    [
        lambda comment, moderator: decisions.remove(comment, by=moderator, reason="spam"),
        lambda comment, moderator: delete_comment(comment),
    ],
    ids=["removed", "deleted"],
)
def test_a_comment_that_was_read_before_it_was_moved_is_counted_in_its_new_thread(
    change: Callable[[Comment, User], object], tree: Tree, moderator: User
) -> None:
    read_before = Comment.objects.select_related("root", "discussion").get(pk=tree["b"].pk)
    Split.objects.away(tree["a"], by=moderator)
    assert change(read_before, moderator)
    assert counts(tree["head"]) == (1, 5, True)
    assert counts(tree["a"]) == (2, 3, True)


def test_what_is_removed_goes_along_uncounted(tree: Tree, moderator: User) -> None:
    decisions.remove(tree["b"], by=moderator, reason="spam")
    Split.objects.away(tree["a"], by=moderator)
    assert counts(tree["head"])[0] == 1
    assert counts(tree["a"])[0] == 2


def test_put_back_everything_is_as_it_was(tree: Tree, moderator: User) -> None:
    before, counted = places(tree), counts(tree["head"])
    Split.objects.away(tree["a"], by=moderator)
    assert Split.objects.back(tree["a"], by=moderator)
    assert (places(tree), counts(tree["head"])) == (before, counted)
    assert [line.kind for line in ModerationAction.objects.all()] == ["join", "split"]


def test_what_was_written_since_goes_back_at_the_end(tree: Tree, say: Say, moderator: User) -> None:
    Split.objects.away(tree["a"], by=moderator)
    tree["f"] = say("Since.", parent=Comment.objects.get(pk=tree["a"].pk))
    tree["g"] = say("Beside.", parent=Comment.objects.get(pk=tree["head"].pk))
    Split.objects.back(tree["a"], by=moderator)
    numbers = [comment.reply_number for comment in Comment.objects.order_by("reply_number")]
    assert numbers == [0, 1, 2, 3, 4, 5, 6, 7]
    assert counts(tree["head"]) == (7, 7, True)


def test_a_reply_in_the_new_thread_finds_its_place(tree: Tree, say: Say, moderator: User) -> None:
    Split.objects.away(tree["a"], by=moderator)
    reply = say("Since.", parent=Comment.objects.get(pk=tree["c"].pk))
    assert (reply.root_id, reply.reply_number, reply.depth) == (tree["a"].pk, 4, 3)


def test_splitting_twice_is_splitting_once(tree: Tree, moderator: User) -> None:
    stale = Comment.objects.get(pk=tree["a"].pk)
    assert Split.objects.away(tree["a"], by=moderator)
    assert Split.objects.away(stale, by=moderator) is None
    assert Split.objects.back(stale, by=moderator)
    assert Split.objects.back(tree["a"], by=moderator) is None


def test_the_nearest_ancestors_are_known_below_a_long_branch(say: Say, moderator: User) -> None:
    chain = [say("0")]
    for n in range(1, 13):
        chain.append(say(str(n), parent=chain[-1]))
    Split.objects.away(chain[2], by=moderator)
    last = Comment.objects.get(pk=chain[-1].pk)
    assert last.ancestor_ids == [comment.pk for comment in chain[-NEAREST_ANCESTORS - 1 : -1]]
    assert last.depth == 10


def test_more_than_can_be_moved_is_refused_whole(
    tree: Tree, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(split, "MOST_MOVED", 2)
    before = places(tree)
    with pytest.raises(TooLarge):
        Split.objects.away(tree["a"], by=moderator)
    assert places(tree) == before


def test_the_answers_of_the_author_are_known_in_the_thread_where_they_are(
    say: Say, author: User, moderator: User
) -> None:
    head = say("Head.")
    side = say("Side.", parent=head)
    answer = say("Answer.", parent=side, by=author)
    Split.objects.away(side, by=moderator)
    answered = dict(Comment.objects.values_list("pk", "latest_author_reply"))
    assert (answered[head.pk], answered[side.pk]) == (None, answer.pk)


def test_the_page_shows_two_threads(tree: Tree, moderator: User, client: Client) -> None:
    Split.objects.away(tree["a"], by=moderator)
    page = client.get("/articles/high-tide/?sort=oldest").content.decode()
    assert f'id="c{tree["a"].pk}" data-depth="0"' in page
    assert client.get(reverse("comment", args=[tree["c"].pk])).status_code == 200
