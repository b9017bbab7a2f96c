"""The index of words follows its rows, on both databases."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection

from database.search import keys_that_match, plain
from forum.models import Comment
from text.search_words import parse_query

Say = Callable[..., Comment]


def found(query: str, *, article: int | None = None, most: int = 100) -> set[int]:
    keys = keys_that_match(
        Comment, parse_query(query), keys=range(1, 10**6), most=most, article=article
    )
    return {*Comment.objects.filter(pk__in=keys).values_list("pk", flat=True)}


@pytest.mark.parametrize(
    "query",
    [
        "HÁRBOUR",
        '"stone harbour"',
        "harb*",
        "harbour -moon",
        "北京 学",
        "13 harbour",
        'stone -"a stone"',
        "ﬁsh",
    ],
)
def test_a_row_is_found_by_its_words(say: Say, query: str) -> None:
    comment = say("The stone harbour of 北京大学 has 13 fish.")
    say("The moon, a stone: moonlight.")
    assert found(query) == {comment.pk}


@pytest.mark.parametrize("query", ['"harbour stone"', "bour*", "北大", "harbour -fish", "stone 14"])
def test_other_words_do_not_find_it(say: Say, query: str) -> None:
    say("The stone harbour of 北京大学 has 13 fish.")
    assert found(query) == set()


def test_the_index_follows_changes_deletions_and_the_article(say: Say) -> None:
    first, second = say("A stone harbour."), say("A stone quay.")
    Comment.objects.filter(pk=first.pk).update(search_words=f"·{first.discussion.article_id} moon")
    assert found("harbour") == set()
    assert found("moon") == {first.pk}
    article = second.discussion.article_id
    assert found("stone", article=article) == {second.pk}
    assert found("stone", article=article + 1) == set()
    Comment.objects.filter(pk=second.pk).delete()
    assert found("stone") == set()


def test_the_newest_keys_come_first(say: Say) -> None:
    comments = [say("A stone.") for _ in range(3)]
    assert found("stone", most=2) == {comments[1].pk, comments[2].pk}


def test_words_are_read_as_they_were_written(say: Say) -> None:
    comment = say("Stone on stone: it's one of 北京大学.")
    row = Comment.objects.get(pk=comment.pk)
    assert plain(row.search_words) == comment.search_words
    row.save()
    assert found('"stone on stone"') == {comment.pk}


def test_a_lost_index_of_sqlite_is_made_again(say: Say) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its indexes")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER forum_comment_search_insert")
    comment = say("A stone harbour.")
    assert found("harbour") == set()
    call_command("migrate", verbosity=0)
    assert found("harbour") == {comment.pk}
