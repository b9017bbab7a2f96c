from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from forum.discussion.tree import DEEPEST_LEVEL, Row, arrange


@dataclass
class Leaf:
    pk: int
    parent_id: int | None = None
    is_published: bool = True
    minutes: int = 0  # after the others

    @property
    def created_at(self) -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=self.minutes)

    @property
    def is_shown(self) -> bool:
        return self.is_published


def order(rows: list[Row]) -> list[int]:
    return [row.comment.pk for row in rows]


def printed(rows: list[Row]) -> str:
    """The walk as a template prints it."""
    return "".join(f"{row.comment.pk}{'(' if row.opens else ''}{')' * row.closes} " for row in rows)


def chain(length: int) -> list[Leaf]:
    return [Leaf(pk, pk - 1 or None) for pk in range(1, length + 1)]


def test_replies_follow_what_they_answer_oldest_first() -> None:
    assert order(arrange([Leaf(1), Leaf(2), Leaf(3, 1), Leaf(4, 2), Leaf(5, 1), Leaf(6, 3)])) == [
        1,
        3,
        6,
        5,
        2,
        4,
    ]


def test_a_reply_that_came_late_stands_where_it_was_written() -> None:
    assert order(
        arrange([Leaf(1), Leaf(2, 1, minutes=2), Leaf(3, 2, minutes=3), Leaf(4, 1, minutes=1)])
    ) == [
        1,
        4,
        2,
        3,
    ]


def test_lists_open_after_a_comment_and_close_where_the_walk_goes_up() -> None:
    rows = arrange([Leaf(1), Leaf(2, 1), Leaf(3, 2), Leaf(4, 1), Leaf(5)])
    assert printed(rows) == "1( 2( 3) 4) 5 "


def test_every_list_that_opens_closes() -> None:
    rows = arrange([*chain(9), Leaf(10, 3), Leaf(11), Leaf(12, 10), Leaf(13, 11)])
    assert sum(row.opens for row in rows) == sum(row.closes for row in rows)


def test_a_reply_below_the_deepest_level_joins_it_in_the_order_of_time() -> None:
    comments = [*chain(DEEPEST_LEVEL + 3), Leaf(20, DEEPEST_LEVEL + 1), Leaf(21, DEEPEST_LEVEL + 3)]
    rows = arrange(comments)
    assert order(rows) == [*range(1, DEEPEST_LEVEL + 4), 20, 21]
    assert max(row.level for row in rows) == DEEPEST_LEVEL


def test_only_a_reply_that_joined_its_parents_level_is_flat() -> None:
    flat = [row.comment.pk for row in arrange(chain(DEEPEST_LEVEL + 3)) if row.is_flat]
    assert flat == [DEEPEST_LEVEL + 2, DEEPEST_LEVEL + 3]


def test_a_chain_of_ten_thousand_is_walked_without_recursion() -> None:
    assert len(arrange(chain(10_000))) == 10_000


def test_replies_are_counted_below_each_comment() -> None:
    rows = arrange([Leaf(1), Leaf(2, 1), Leaf(3, 2), Leaf(4, 1, is_published=False), Leaf(5, 4)])
    assert {row.comment.pk: row.replies for row in rows} == {1: 3, 2: 1, 3: 0, 4: 1, 5: 0}


def test_a_placeholder_stays_only_where_replies_hang_on_it() -> None:
    gone, answered = Leaf(2, 1, is_published=False), Leaf(3, 1, is_published=False)
    assert order(arrange([Leaf(1), gone, answered, Leaf(4, 3)])) == [1, 3, 4]


def test_a_comment_whose_parent_is_elsewhere_stands_at_the_top() -> None:
    assert [row.level for row in arrange([Leaf(7, 3), Leaf(8, 7)])] == [0, 1]
