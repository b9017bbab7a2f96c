from collections import Counter
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.maintenance.generation import Outline, generate
from forum.maintenance.generation.people import DOMAIN
from forum.maintenance.progress import ProgressBar
from forum.models import Comment, Discussion, Vote
from forum.moderation import locking
from forum.posting.post import post_comment
from forum.votes.ranking import rank

pytestmark = pytest.mark.django_db

SMALL = Outline(comments=120, levels=4, people=20)
# What a discussion is, whatever the keys are that its comments got.
WORDS = (
    "author body html depth reply_number sibling_number child_count thread_length reply_count "
    "is_listed version status"
).split()


def told(discussion: Discussion, *columns: str) -> list[tuple[Any, ...]]:
    return list(discussion.comments.order_by("pk").values_list(*columns))


def relations(discussion: Discussion) -> list[list[int | None]]:
    """Return the parent, thread and ancestors of each comment, by position instead of key."""
    comments = list(discussion.comments.order_by("pk"))
    position = {comment.pk: number for number, comment in enumerate(comments)} | {None: None}
    return [
        [
            position[key]
            for key in (each.parent_id, each.root_id, each.latest_author_reply, *each.ancestor_ids)
        ]
        for each in comments
    ]


@pytest.fixture
def article(article: Article) -> Article:
    """An article old enough to have been discussed for a day."""
    article.published_at = timezone.now() - timedelta(days=7)
    render_and_save(article)
    return article


def twin(article: Article, slug: str = "again") -> Article:
    other = Article(
        title="Again",
        slug=slug,
        author=article.author,
        body="Words.",
        status=Article.Status.PUBLISHED,
    )
    other.published_at = article.published_at
    render_and_save(other)
    return other


def posted_by_verbs(article: Article, original: Discussion) -> Discussion:
    posted: dict[int, Comment] = {}
    discussion = Discussion.objects.of(article)
    for comment in original.comments.select_related("author").order_by("pk"):
        parent = comment.parent_id and Comment.objects.get(pk=posted[comment.parent_id].pk)
        posted[comment.pk] = post_comment(
            discussion,
            by=comment.author,
            body=comment.body,
            parent=parent or None,
            key=comment.idempotency_key,
            at=comment.created_at,
        )
    discussion.refresh_from_db()
    return discussion


def test_it_is_what_the_verbs_would_have_written(article: Article) -> None:
    generated = generate(article, SMALL)
    posted = posted_by_verbs(twin(article), generated)
    assert told(generated, *WORDS, "created_at") == told(posted, *WORDS, "created_at")
    assert relations(generated) == relations(posted)
    for name in ("comment_count", "version", "last_comment_at"):
        assert getattr(generated, name) == getattr(posted, name)


def test_votes_are_rows_that_their_counts_agree_with(article: Article) -> None:
    discussion = generate(article, SMALL)
    votes = Counter(Vote.objects.values_list("comment", "value"))
    for comment in discussion.comments.all():
        counts = votes[comment.pk, 1], votes[comment.pk, -1]
        assert (comment.helpful, comment.unhelpful) == counts
        assert (comment.ranked_helpful, comment.ranked_unhelpful) == counts
        assert comment.rank == rank(*counts)
    assert {
        vote.author_id == vote.comment.author_id != vote.voter_id for vote in Vote.objects.all()
    } == {True}


def test_the_same_seed_gives_the_same_discussion(article: Article) -> None:
    columns = [*WORDS, "created_at", "helpful", "rank"]
    first, second = (told(generate(each, SMALL), *columns) for each in (article, twin(article)))
    other = told(
        generate(twin(article, "once-more"), Outline(comments=120, people=20, seed=1)), *columns
    )
    assert first == second != other


@pytest.mark.parametrize(
    ("outline", "threads", "deepest", "answers"),
    [
        (Outline(comments=50, levels=1), 50, 0, 0),
        (Outline(comments=50, levels=2, threads=1), 1, 1, 49),
        (Outline(comments=50, levels=50), 1, 49, 1),
        (Outline(comments=50, levels=3, threads=10), 10, 2, None),
    ],
    ids=["nobody answers", "all answer one", "a chain", "so many threads"],
)
def test_shapes(
    article: Article, outline: Outline, threads: int, deepest: int, answers: int | None
) -> None:
    comments = list(generate(article, outline).comments.all())
    assert sum(comment.parent_id is None for comment in comments) == threads
    assert max(comment.depth for comment in comments) == deepest
    assert answers in {None, max(comment.child_count for comment in comments)}


def definitions() -> list[Any]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
        else:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
                "SELECT conname || pg_get_constraintdef(oid) || convalidated FROM pg_constraint "
                "ORDER BY 1"
            )
        return list(cursor.fetchall())


def test_it_leaves_indexes_and_references_as_they_were(article: Article) -> None:
    before = definitions()
    generate(article, SMALL)
    generate(article, Outline(comments=10))
    assert definitions() == before


def test_it_is_added_to_what_is_there_and_written_on(article: Article, reader: User) -> None:
    discussion = Discussion.objects.of(article)
    first = post_comment(discussion, by=reader, body="First.", key="1")
    generate(article, SMALL)
    last = post_comment(discussion, by=reader, body="Last.", key="2")
    discussion.refresh_from_db()
    assert discussion.comment_count == discussion.comments.count() == 122
    assert [first.pk, last.pk] == [
        discussion.comments.order_by("pk")[0].pk,
        discussion.comments.order_by("-pk")[0].pk,
    ]


def test_its_people_are_made_once_and_cannot_sign_in(article: Article) -> None:
    generate(article, SMALL)
    generate(article, SMALL)
    people = User.objects.filter(email__endswith=DOMAIN)
    assert len(people) == SMALL.people
    assert not any(
        person.has_usable_password() or person.emailaddress_set.exists() for person in people
    )


def test_the_page_shows_it(article: Article, client: Client) -> None:
    call_command("generate_discussion", article.slug, comments=30, seed=5, stdout=StringIO())
    page = client.get(article.get_absolute_url()).text
    assert ">30 comments<" in page
    assert page.count('class="comment-body"') >= 10


def test_the_command_says_how_fast_it_was(
    article: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("generate_discussion", article.slug, "--comments", "30")
    said = capsys.readouterr()
    assert said.out.startswith("30 comments in ")
    assert said.err == "[##############################] 100 %  30 of 30 comments\n"


def test_there_must_be_an_open_discussion(article: Article, moderator: User) -> None:
    with pytest.raises(CommandError, match="no article at /articles/nowhere/"):
        call_command("generate_discussion", "nowhere", "--comments", "1")
    locking.close(Discussion.objects.of(article), by=moderator)
    with pytest.raises(CommandError, match="is closed"):
        call_command("generate_discussion", article.slug, "--comments", "1")


@pytest.mark.parametrize("number", ["0", "-1", "many", "1000000000"])
def test_a_number_that_makes_no_sense_is_refused(article: Article, number: str) -> None:
    with pytest.raises(CommandError, match="a whole number from 1 to"):
        call_command("generate_discussion", article.slug, "--comments", number)


def test_a_log_gets_a_line_for_each_tenth() -> None:
    log = StringIO()
    bar = ProgressBar(1000, "things", log)
    for _ in range(100):
        bar(10)
    assert log.getvalue().count("\n") == 10
