from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.models import Article
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.maintenance.generation.door import Progress, door
from forum.maintenance.generation.indexes import put_aside, worth_putting_aside
from forum.maintenance.generation.people import people
from forum.maintenance.generation.plan import make_plan
from forum.maintenance.generation.rows import COMMENT_COLUMNS, SPAN, VOTE_COLUMNS, Rows
from forum.posting.refusals import DiscussionClosed
from forum.votes.models import Vote
from pagecache import versions


@dataclass(frozen=True)
class Outline:
    """What a discussion is to be like. The same outline gives the same discussion."""

    comments: int
    levels: int = 8
    threads: int | None = None  # none: as many as come about
    people: int = 300
    authors_replies: float = 0.02  # the share of the replies which the article's author gives
    seed: int = 0


def _quiet(written: int) -> None:
    pass


@transaction.atomic
def generate(article: Article, outline: Outline, *, progress: Progress = _quiet) -> Discussion:
    """Adds the comments to the article's discussion, with their votes: all of them or none."""
    discussion, _ = Discussion.objects.get_or_create(article=article)
    if not discussion.is_open:
        raise DiscussionClosed
    rows = _rows(discussion, outline)
    with put_aside() if worth_putting_aside(outline.comments) else nullcontext():
        door().fill(Comment._meta.db_table, COMMENT_COLUMNS, rows.comments(), progress)
        door().fill(Vote._meta.db_table, VOTE_COLUMNS, rows.votes(), _quiet)
    _count(discussion, rows)
    return discussion


def _rows(discussion: Discussion, outline: Outline) -> Rows:
    entrance, author = door(), discussion.article.author_id
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
        people=speakers,
        author=author,
        first=entrance.reserve(outline.comments),
        begins_at=_beginning(discussion),
        null=entrance.null,
        text=entrance.text,
    )


def _beginning(discussion: Discussion) -> datetime:
    """After what was said there before, or with the
    article; not so late that it would end in the future.
    """
    begun = (
        discussion.last_comment_at if discussion.comment_count else discussion.article.published_at
    )
    latest = timezone.now() - SPAN
    return min(begun or latest, latest).astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _count(discussion: Discussion, rows: Rows) -> None:
    number = len(rows.plan)
    Discussion.objects.filter(pk=discussion.pk).update(
        comment_count=F("comment_count") + number,
        version=F("version") + number,
        last_comment_at=datetime.fromisoformat(rows.time(number - 1)).replace(tzinfo=UTC),
    )
    discussion.refresh_from_db()
    versions.mark_stale(discussion.article_id)
