"""Helpers for tests of votes."""

from collections.abc import Callable

from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Comment, Vote
from forum.votes.fraud import (
    YOUNG_ACCOUNT,
)

Say = Callable[..., Comment]
People = Callable[..., list[User]]
LONG_AGO = timezone.now() - 2 * YOUNG_ACCOUNT
JSON = {"Accept": "application/json"}


def cast(comment: Comment, by: User, value: int = 1) -> Comment:
    Vote.objects.cast(comment=comment, by=by, value=value)
    return comment


def counts(comment: Comment) -> tuple[int, int, int, int]:
    comment.refresh_from_db()
    return comment.helpful, comment.unhelpful, comment.ranked_helpful, comment.ranked_unhelpful


def press(client: Client, comment: Comment, value: object = 1, **headers: str) -> object:
    return client.post(f"/comments/{comment.pk}/vote/", {"value": value}, headers=headers)


# --- A vote ---
