"""Erase what a person did in the forum, some rows at a time, so that nobody waits for it.

Each function erases the next rows, in a transaction of its own, and returns False once there are
none left. What is done is read from the rows themselves: a worker that is killed loses nothing,
and two that do the same at once do no harm.
"""

import time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.discussion.models.revision import Revision
from forum.log.models.text import DecisionText
from forum.posting.visibility import READ_UNDER_LOCK, change_status
from forum.screening.models.link import Link
from forum.votes.models import Vote

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

AT_ONCE = 500  # rows that are changed by one statement
COMMENTS_AT_ONCE = 20  # each is emptied by itself
PAUSE = 0.01  # seconds after each, in which somebody who waits for the database can write
NO_WORDS: dict[str, Any] = {
    "body": "",
    "html": "",
    "visible_text": "",
    "search_words": "",
    "passage_words": "",
    "fingerprint": None,
    "removal_reason": "",
}


@transaction.atomic
def withdraw_votes(person: "User") -> bool:
    """Delete the person's next votes, and count the comments again."""
    votes = Vote.objects.filter(voter=person).order_by("comment")
    comments = list(votes.values_list("comment", flat=True)[:AT_ONCE])
    if comments:
        Vote.objects.withdraw(person, comments)
    return bool(comments)


def empty_comments(person: "User", *, keeps_published: bool) -> bool:
    """Empty the person's next comments: all, or those that readers do not see."""
    comments = Comment.objects.filter(author=person).newest()  # as an index has them
    if keeps_published:
        comments = comments.exclude(status=Comment.Status.PUBLISHED)
    found = list(comments.select_related("discussion__article")[:COMMENTS_AT_ONCE])
    for comment in found:
        empty_comment(comment)
        time.sleep(PAUSE)
    return bool(found)


@transaction.atomic
def empty_comment(comment: Comment) -> None:
    """Delete the text of a comment for good, and who wrote it. Its place stays, as a placeholder
    where replies hang on it.
    """
    comment.lock()
    comment.refresh_from_db(fields=READ_UNDER_LOCK)
    change_status(comment, comment.status, Comment.Status.DELETED, **NO_WORDS)
    Case.objects.withdraw(comment)
    for model in (Revision, Link):
        model._base_manager.filter(comment=comment).delete()
    comment.citations.all().delete()
    _forget_authors(Comment.objects.filter(pk=comment.pk))


@transaction.atomic
def unsign_comments(person: "User") -> bool:
    """Take the name off the person's next comments, which stay as they are."""
    comments = Comment.objects.filter(author=person).newest()
    keys = list(comments.values_list("pk", flat=True)[:AT_ONCE])
    _forget_authors(Comment.objects.filter(pk__in=keys))
    return bool(keys)


def _forget_authors(comments: "QuerySet[Comment]") -> None:
    """Give the comments no author, and each a key that nobody else's form has made."""
    Case.objects.filter(comment__in=comments.values("pk")).update(spam_words=[])
    key = Concat(Value("gone "), Cast("pk", CharField()))
    comments.order_by().update(author=None, idempotency_key=key)


def erase_texts(person: "User") -> bool:
    """Delete the next texts of decisions about the person: the comment's, and the note."""
    texts = DecisionText.objects.filter(action__person=person).order_by("pk")
    keys = list(texts.values_list("pk", flat=True)[:AT_ONCE])
    DecisionText.objects.filter(pk__in=keys).delete()
    return bool(keys)


def forget_answers(person: "User") -> bool:
    """Forget which replies in the next threads are by the person as author of the article."""
    heads = Comment.objects.filter(
        discussion__article__author=person, latest_author_reply__isnull=False
    )
    keys = list(heads.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Comment.objects.filter(pk__in=keys).update(latest_author_reply=None)
    return bool(keys)
