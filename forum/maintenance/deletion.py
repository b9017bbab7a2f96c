"""Delete articles and people with all that is theirs. The log keeps their numbers, but no text.

articles.visibility and accounts.presence renew the other pages on which readers see them.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from accounts.rights import demand_account
from articles.models import Article
from database.deletion import delete_rows
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.log.models.text import DecisionText
from forum.notifications.models.notification import Notification, lock_people
from forum.votes.models import Vote

if TYPE_CHECKING:
    from django.db.models import QuerySet

AT_ONCE = 500  # comments counted anew


@transaction.atomic
def delete_article(article: Article, *, by: User) -> None:
    """Delete an article with its discussion. Raises NotAllowed."""
    demand_account("delete_article", by)
    erase_article(article)


@transaction.atomic
def erase_article(article: Article) -> None:
    told = Notification.objects.filter(comment__discussion__article=article).order_by()
    lock_people({*told.values_list("person", flat=True)})
    discussions = Discussion.objects.select_for_update().filter(article=article)
    list(discussions.values_list("pk"))  # nobody writes there from here on
    delete_comments(Comment.objects.filter(discussion__article=article))
    _erase_texts(Q(action__discussion__article=article))
    delete_rows(Discussion.objects.filter(article=article))
    article.delete()


def delete_comments(comments: "QuerySet[Comment]") -> None:
    """Delete whole threads, and the texts that the log quotes of them."""
    list(comments.select_for_update().order_by("pk").values_list("pk"))  # nobody is told from here
    about = Q(comment__in=comments.values("pk")) | Q(flag__comment__in=comments.values("pk"))
    Notification.objects.filter(about).forget()
    _erase_texts(Q(action__comment__in=comments.values("pk")))
    delete_rows(comments)


def _erase_texts(about: Q) -> None:
    delete_rows(DecisionText.objects.filter(about))


@transaction.atomic
def delete_person(person: User, *, by: User) -> None:
    """Delete an account. Its comments stay without a name. Raises NotAllowed and
    LastAdministrator.
    """
    demand_account("delete_person", by, person)
    erase_person(person)


@transaction.atomic
def erase_person(person: User) -> None:
    list(User.objects.select_for_update().filter(pk=person.pk).values_list("pk"))
    _withdraw_votes(person)
    _erase_texts(Q(action__person_key=person.pk))
    _keep_keys_apart(person)
    Comment.objects.filter(discussion__article__author=person).update(latest_author_reply=None)
    person.delete()


def _withdraw_votes(person: User) -> None:
    """Delete somebody's votes, and count the comments again."""
    votes = Vote.objects.filter(voter=person).order_by("comment")
    comments = list(votes.values_list("comment", flat=True))
    for start in range(0, len(comments), AT_ONCE):
        Vote.objects.withdraw(person, comments[start : start + AT_ONCE])


def _keep_keys_apart(person: User) -> None:
    """Give a comment another key if one without an author has the same: such keys are unique."""
    same = Comment.objects.filter(
        discussion=OuterRef("discussion"), idempotency_key=OuterRef("idempotency_key"), author=None
    )
    other = Concat(Value("gone "), Cast("pk", CharField()))
    Comment.objects.filter(Exists(same), author=person).update(idempotency_key=other)
