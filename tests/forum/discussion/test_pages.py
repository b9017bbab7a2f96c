"""Every page of a discussion is bounded, whatever its shape and size."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.models import Article
from forum.discussion.display import CHARACTERS_PER_PAGE
from forum.discussion.location import url_in_discussion
from forum.discussion.pages import COMMENTS_PER_PAGE, REPLIES_PER_THREAD, THREADS
from forum.discussion.sorting import BEST, SORTINGS
from forum.maintenance.generation import Outline, generate
from forum.models import Comment, Vote
from forum.posting.edit import delete_comment
from tests.databases import is_sqlite

Say = Callable[..., Comment]
PAGE = "/articles/high-tide/"
MANY = 150
SHAPES = {
    "nobody answers": Outline(comments=MANY, levels=1, threads=MANY),
    "all answer one": Outline(comments=MANY, levels=2, threads=1),
    "a chain": Outline(comments=MANY, levels=MANY),
    "as real ones are": Outline(comments=MANY),
}


def texts(start: str) -> Iterator[str]:
    """Yield the text of a page and of those behind it, by the links of a reader."""
    client, address = Client(), start
    while address:
        text = client.get(address).content.decode()
        yield text
        more = re.search(r'data-more href="\?([^"#]+)', text)
        address = f"{start.split('?')[0]}?{more[1].replace('&amp;', '&')}" if more else ""


def shown(text: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article class="comment[^"]*" id="c(\d+)"', text)]


def pages(start: str) -> list[list[int]]:
    """Return the comments of a page and of those behind it."""
    return [shown(text) for text in texts(start)]


@pytest.fixture(params=SHAPES)
def shaped(request: pytest.FixtureRequest, article: Article) -> Article:
    generate(article, SHAPES[request.param])
    return article


def test_every_page_is_bounded_whatever_the_shape(shaped: Article) -> None:
    longest = {sort: max(map(len, pages(f"{PAGE}?sort={sort}")), default=0) for sort in SORTINGS}
    assert max(longest.values()) <= COMMENTS_PER_PAGE + REPLIES_PER_THREAD, longest


def test_a_thread_is_read_to_its_end_whatever_the_shape(shaped: Article) -> None:
    head = Comment.objects.filter(parent=None).latest("thread_length")
    found = pages(head.get_absolute_url())
    replies = head.thread.order_by("pk").values_list("pk", flat=True)
    assert sorted(pk for page in found for pk in page) == [head.pk, *replies]
    assert max(map(len, found)) <= COMMENTS_PER_PAGE + 1


def test_a_comment_far_down_shows_whom_it_answers_and_leads_on(article: Article) -> None:
    generate(article, SHAPES["a chain"])
    middle = Comment.objects.get(depth=75)
    text = Client().get(middle.get_absolute_url()).content.decode()
    assert middle.pk in shown(text)
    assert [f'href="/comments/{pk}/"' in text for pk in middle.ancestor_ids] == [True] * 8
    assert "Continue this thread" in text


def test_long_comments_make_a_page_of_fewer(say: Say) -> None:
    for _ in range(60):
        say("Words to read. " * 330)
    text = Client().get(PAGE).content.decode()
    bodies = re.findall(r'<div class="comment-body" dir="auto">(.*?)</div>', text, re.DOTALL)
    assert sum(map(len, bodies)) <= CHARACTERS_PER_PAGE + max(map(len, bodies))
    assert "Show more threads" in text


# The HTML of the second has three times as many characters.
@pytest.mark.parametrize("words", ["Words to read. " * 330, "& " * 2480])
def test_the_link_to_a_long_comment_leads_to_a_page_that_shows_it(words: str, say: Say) -> None:
    heads = [say(words) for _ in range(COMMENTS_PER_PAGE)]
    replies = [say(words, parent=head) for head in (heads[0], heads[-1]) for _ in range(18)]
    for comment in [*heads[::13], heads[-1], *replies[::9], replies[-1]]:
        assert comment.pk in shown(
            Client().get(url_in_discussion(comment, chosen=BEST)).content.decode()
        )


def test_threads_of_equal_rank_are_each_shown_once(
    say: Say, author: User, other_reader: User
) -> None:
    threads = [say(f"Thread {number}") for number in range(45)]
    for thread in threads:
        say("The answer.", parent=thread, by=author)
    for thread in threads[::3]:
        Vote.objects.cast(comment=thread, by=other_reader, value=1)
    every = sorted(Comment.objects.values_list("pk", flat=True))
    for sort in SORTINGS:
        found = [pk for page in pages(f"{PAGE}?sort={sort}") for pk in page]
        assert sorted(found) == every, sort


def test_the_best_come_first_and_then_the_newer(say: Say, other_reader: User) -> None:
    plain, helpful, newer = say("Plain."), say("Helpful."), say("Newer.")
    Vote.objects.cast(comment=helpful, by=other_reader, value=1)
    assert shown(Client().get(PAGE).content.decode()) == [helpful.pk, newer.pk, plain.pk]


def test_what_the_author_answered_and_only_that(say: Say, author: User) -> None:
    answered, other = say("A question."), say("Another one.")
    answer = say("An answer.", parent=answered, by=author)
    say("A guess.", parent=other)
    assert shown(Client().get(f"{PAGE}?sort=answered").content.decode()) == [answered.pk, answer.pk]
    delete_comment(answer)
    assert shown(Client().get(f"{PAGE}?sort=answered").content.decode()) == []


def test_an_article_takes_few_queries_whatever_its_discussion(
    shaped: Article,
    reader: User,
    client_of: Callable,
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(5):
        Client().get(PAGE)
    client = client_of(reader)
    client.get(PAGE)  # the article's own parts are read once for each time it is written
    with django_assert_max_num_queries(6):
        client.get(PAGE)


def test_nothing_is_counted_and_nothing_skipped(shaped: Article) -> None:
    with CaptureQueriesContext(connection) as asked:
        for address in [PAGE, f"{PAGE}?sort=oldest", f"{PAGE}new/?since=1", f"{PAGE}live/"]:
            Client().get(address)
    words = " ".join(query["sql"].upper() for query in asked.captured_queries)
    assert not re.search(r"\bOFFSET\b|COUNT\(|RECURSIVE", words)


@pytest.mark.skipif(
    not is_sqlite(),
    reason="PostgreSQL reads a small table whole; benchmarks show that it reads no large one",
)
@pytest.mark.parametrize("statement", THREADS.values(), ids=map(str, THREADS))
def test_a_page_of_threads_is_found_by_indexes_alone(statement: Any, db: None) -> None:
    """The plan does not depend on the rows: SQLite has no statistics of them."""
    sql, values = statement._compiled[1], statement._bind((1, 1, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        steps = [row[3] for row in cursor.fetchall()]
    assert [
        step for step in steps if step.startswith("SCAN forum_comment") or "SCAN U" in step
    ] == []
