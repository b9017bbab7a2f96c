"""Delete articles and people with all that is theirs. The log keeps their numbers, but no text.

articles.visibility and accounts.presence renew the other pages on which readers see them.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.rights import demand_account
from articles.models import Article
from database.deletion import delete_rows
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.log.models.text import DecisionText
from forum.maintenance.erasure import (
    erase_texts,
    forget_answers,
    unsign_comments,
    withdraw_votes,
)
from forum.notifications.models.notification import Notification, lock_people

if TYPE_CHECKING:
    from django.db.models import QuerySet


@transaction.atomic
def delete_article(article: Article, *, by: User) -> None:
    """Delete an article with its discussion. Raises NotAllowed."""
    demand_account("delete_article", by)
    erase_article(article)


def what_is_deleted(article: Article) -> str:
    """Return in words what goes with an article, and what stays."""
    number = Comment.objects.filter(discussion__article=article).count()
    gone = ngettext(
        "“%(title)s”, with its facts, questions, former addresses and %(n)d comment",
        "“%(title)s”, with its facts, questions, former addresses and all %(n)d comments",
        number,
    )
    kept = _("Their entries stay in the moderation log, without the text.")
    return f"{gone % {'title': article, 'n': number}}. {kept}"


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
def erase_person(person: User) -> None:
    """Delete an account with all that is theirs. Their comments stay without a name.

    Everything is done at once. Of an account that may have much, privacy.erasure has erased most
    of it before.
    """
    list(User.objects.select_for_update().filter(pk=person.pk).values_list("pk"))
    for erase_next in (withdraw_votes, erase_texts, unsign_comments, forget_answers):
        while erase_next(person):
            pass
    person.delete()
