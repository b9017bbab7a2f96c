"""Run a rule against the latest comments without doing anything to them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from time import monotonic, thread_time

from django.db.models import Exists, OuterRef

from accounts.models import User
from forum.discussion.models.comment import Comment
from forum.screening.facts_of_comment import facts_of
from forum.screening.models.rule import Rule
from forum.screening.spam import judge
from forum.screening.trust import LATEST, Latest, trust_of
from forum.screening.verdict import applies

COMMENTS_TRIED = 1000
# A trial takes no more of the processor, and whoever waits for it no longer; of the comments left
# then it is said that they were not looked at.
PROCESSOR_SECONDS = 0.4
SECONDS = 4.0
READ_OF_COMMENT = (
    "discussion",
    "author",
    "body",
    "html",
    "visible_text",
    "status",
    "created_at",
    "ranked_helpful",
)


@dataclass
class Trial:
    rule: Rule
    looked_at: int = 0
    caught: list[Comment] = field(default_factory=list)
    is_complete: bool = True


def trial(rule: Rule) -> Trial:
    """Return the latest comments that the rule matches, each as it was when it was written.

    The author's earlier comments are known only as far as this list goes back, beside the fact
    that there were any. Trust is today's.
    """
    tried, processor_until, until = (
        Trial(rule),
        thread_time() + PROCESSOR_SECONDS,
        monotonic() + SECONDS,
    )
    latest = Comment.objects.filter(author__isnull=False).select_related(
        "author", "discussion__article"
    )
    comments = list(
        latest.only(
            *READ_OF_COMMENT,
            "author__date_joined",
            "author__username",
            "author__is_staff",
            "discussion__article__author",
            "discussion__article__title",
        ).order_by("-pk")[:COMMENTS_TRIED]
    )
    is_trusted = lru_cache(None)(lambda author: trust_of(author).is_trusted)
    for comment, author, earlier in _with_earlier(comments):
        if thread_time() > processor_until or monotonic() > until:
            tried.is_complete = False
            break
        tried.looked_at += 1
        if _is_caught(comment, author, earlier, rule) and not (rule.trusts and is_trusted(author)):
            tried.caught.append(comment)
    return tried


def _with_earlier(comments: list[Comment]) -> Iterator[tuple[Comment, User, list[Latest]]]:
    """Yield each reader's comment with the author's earlier ones, both the newest first."""
    by_author: dict[User, list[Latest]] = defaultdict(list)
    for comment in comments:
        if comment.author:
            what = (
                comment.pk,
                comment.status,
                comment.ranked_helpful,
                comment.created_at,
                comment.text,
            )
            by_author[comment.author].append(Latest(*what))
    older = _wrote_before(comments)
    for comment in comments:
        author = comment.author
        if author is None or author.is_staff or author.pk == comment.discussion.article.author_id:
            continue
        written = by_author[author]
        at = next(place for place, each in enumerate(written) if each.key == comment.pk)
        before = older.get(author.pk)
        yield comment, author, [*written[at + 1 : at + 1 + LATEST], *([before] if before else [])]


def _wrote_before(comments: list[Comment]) -> dict[int, Latest]:
    """Return one older comment of each author who has any, to tell that this was not the first."""
    if not comments:
        return {}
    oldest = comments[-1]
    before = Comment.objects.filter(
        author=OuterRef("pk"), pk__lt=oldest.pk, status=Comment.Status.PUBLISHED
    )
    authors = User.objects.filter(
        Exists(before), pk__in={comment.author_id for comment in comments}
    )
    long_ago = [(pk, joined) for pk, joined in authors.values_list("pk", "date_joined")]
    return {pk: Latest(0, Comment.Status.PUBLISHED, 0, joined, "") for pk, joined in long_ago}


def _is_caught(comment: Comment, author: User, earlier: list[Latest], rule: Rule) -> bool:
    def score() -> float | None:
        return judge(comment.judged, source=comment.body, without=comment.pk).score

    facts = facts_of(comment, author, earlier, spam=score)
    facts.is_trusted = False  # then: asked for as it is today, and only where it matters
    return applies(facts, rule)
