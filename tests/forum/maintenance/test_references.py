"""A foreign key to a row that does not exist is found, and emptied where it may be."""

from collections.abc import Callable

from forum.models import Comment
from tests.forum.maintenance.test_check_integrity import check


def test_a_row_that_points_nowhere_is_found(say: Callable[..., Comment]) -> None:
    """The row is made with the checks of the database off, and deleted before they run again."""
    comment = say("It is the wind.")
    Comment.objects.filter(pk=comment.pk).update(author=123456789)
    code, said = check()
    assert (code, said[0]) == (
        1,
        f"comment {comment.pk}: author is 123456789, should be something that is there",
    )
    assert check("--repair")[0] == 0
    assert Comment.objects.get(pk=comment.pk).author is None
