"""The history of a person, for moderators who decide about them. Every list and count is
bounded.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count

from accounts.models import User
from articles.models.article import long_columns
from database.keyset import Cursor, page_by_time
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.references import fill_in
from forum.flags.models.flag import Flag
from forum.log.models.action import ModerationAction
from forum.moderation.models.takedown import Takedown
from forum.people.models.sanction import Sanction
from forum.people.scope import ModeratorScope

COMMENTS_PER_PAGE = 20
LINES_SHOWN = 30
FLAGS_SHOWN = 20
LOOKED_AT = 1000  # of the latest comments and flags


@dataclass
class PersonHistory:
    person: User
    sanction: Sanction | None  # in force
    statuses: list[tuple[str, int]]  # of the latest comments, in words, and how many
    is_more: bool  # than were counted
    lines: list[ModerationAction]
    flags: list[Flag]  # by them
    outcomes: list[tuple[str, int]]
    takedowns: list[Takedown]
    comments: list[Comment]
    next_cursor: str


def person_history(
    person: User, *, scope: ModeratorScope, after: Cursor | None = None
) -> PersonHistory:
    statuses = list(_comments(person).values_list("status", flat=True)[: LOOKED_AT + 1])
    flags = Flag.objects.filter(person=person).order_by("-pk")
    outcomes = flags.values_list("outcome", flat=True)[:LOOKED_AT]
    shown = _comments(person).select_related("discussion__article")
    shown = shown.defer("search_words", *long_columns("discussion__article"))
    comments, next_cursor = page_by_time(shown, after=after, number=COMMENTS_PER_PAGE)
    fill_in(comments)
    return PersonHistory(
        person=person,
        sanction=Sanction.objects.of(person),
        statuses=_counted(statuses[:LOOKED_AT], dict(Comment.Status.choices)),
        is_more=len(statuses) > LOOKED_AT,
        lines=_lines(person),
        flags=list(flags.select_related("reason", "comment__discussion__article")[:FLAGS_SHOWN]),
        outcomes=_counted(list(outcomes), {"": "", **dict(Flag.Outcome.choices)}),
        takedowns=list(
            person.takedowns.annotate(number=Count("removals")).order_by("-pk")[:LINES_SHOWN]
        ),
        comments=[comment for comment in comments if _is_theirs(comment, scope)],
        next_cursor=next_cursor,
    )


def _is_theirs(comment: Comment, scope: ModeratorScope) -> bool:
    """Return True if the moderator may read the comment: hidden ones only within their scope."""
    return comment.is_published or scope.includes(comment.discussion.article.topic_id)


def _comments(person: User) -> "models.QuerySet[Comment]":
    return Comment.objects.filter(author=person).newest()


def _lines(person: User) -> list[ModerationAction]:
    about = ModerationAction.objects.filter(person=person).order_by("-pk")
    return list(about.select_related("moderator", "undone_by", "comment", "text")[:LINES_SHOWN])


def _counted(values: list[str], words: dict[str, Any]) -> list[tuple[str, int]]:
    return [(str(words[value]), number) for value, number in Counter(values).most_common()]
