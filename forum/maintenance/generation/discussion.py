from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article
from database.bulk import Progress, loader
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.maintenance.generation.indexes import dropped_indexes, is_worth_dropping_indexes
from forum.maintenance.generation.people import people
from forum.maintenance.generation.plan import make_plan
from forum.maintenance.generation.rows import COMMENT_COLUMNS, SPAN, VOTE_COLUMNS, Rows
from forum.posting.refusals import DiscussionClosed
from forum.votes.models import Vote
from pagecache import versions


@dataclass(frozen=True)
class Outline:
    """The size and shape of a discussion. The same outline gives the same discussion."""

    comments: int
    levels: int = 8
    threads: int | None = None  # None: as many as chance makes
    people: int = 300
    authors_replies: float = 0.02  # the share of the replies that are by the article's author
    seed: int = 0


def _quiet(written: int) -> None:
    pass


@transaction.atomic
def generate(article: Article, outline: Outline, *, progress: Progress = _quiet) -> Discussion:
    """Add the comments to the article's discussion, with their votes: all of them or none."""
    discussion, _ = Discussion.objects.get_or_create(article=article)
    if not discussion.is_open:
        raise DiscussionClosed
    rows = _rows(discussion, outline)
    with dropped_indexes() if is_worth_dropping_indexes(outline.comments) else nullcontext():
        loader().load(Comment._meta.db_table, COMMENT_COLUMNS, rows.comments(), progress)
        loader().load(Vote._meta.db_table, VOTE_COLUMNS, rows.votes(), _quiet)
    _count(discussion, rows)
    return discussion


def _rows(discussion: Discussion, outline: Outline) -> Rows:
    bulk, author = loader(), discussion.article.author_id
    speakers = people(outline.people)
    plan = make_plan(
        outline.comments,
        levels=outline.levels,
        threads=outline.threads,
        people=len(speakers),
        authors_replies=outline.authors_replies if author else 0,
        seed=outline.seed,
    )
    return Rows(
        plan,
        discussion=discussion.pk,
        article=discussion.article_id,
        people=speakers,
        author=author,
        first=bulk.reserve_keys(Comment._meta.db_table, outline.comments),
        begins_at=_beginning(discussion),
        null=bulk.null,
        text=bulk.text,
    )


def _beginning(discussion: Discussion) -> datetime:
    """Return the time after the last comment, or of the article,
    but early enough that the discussion does not end in the future.
    """
    latest = timezone.now() - SPAN
    before = discussion.article.published_at
    if discussion.comment_count:
        before = discussion.last_comment_at
    beginning = min(before or latest, latest).astimezone(UTC)
    return beginning.replace(tzinfo=None, microsecond=0)


def _count(discussion: Discussion, rows: Rows) -> None:
    number = len(rows.plan)
    Discussion.objects.filter(pk=discussion.pk).update(
        comment_count=F("comment_count") + number,
        version=F("version") + number,
        last_comment_at=datetime.fromisoformat(rows.time(number - 1)).replace(tzinfo=UTC),
    )
    discussion.refresh_from_db()
    versions.mark_stale(discussion.article_id)
