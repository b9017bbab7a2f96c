"""Load the sample content with marks, and remove it as if it had never been there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from accounts.models import FormerName, User
from accounts.rights import demand_account
from articles.models import Article, Topic
from forum.discussion.models.comment import Comment
from forum.discussion.models.policy import Policy
from forum.maintenance.deletion import erase_article, erase_person
from forum.maintenance.models import Sample
from forum.people.models.moderator import Moderator
from forum.posting.visibility import change_status

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Removed:
    articles: int
    people: int
    kept: list[Article]  # as drafts: somebody wrote under them


@transaction.atomic
def load_marked(load: Callable[[], list[Article]]) -> list[Article]:
    """Load articles and mark what came with them."""
    people, topics = (set(model.objects.values_list("pk", flat=True)) for model in (User, Topic))
    articles = load()
    Sample.objects.bulk_create(Sample(article=article) for article in articles)
    Sample.objects.bulk_create(
        Sample(person=person) for person in User.objects.exclude(pk__in=people)
    )
    Sample.objects.bulk_create(
        Sample(topic=topic) for topic in Topic.objects.exclude(pk__in=topics)
    )
    return articles


@transaction.atomic
def remove_sample(*, by: User | None = None) -> Removed:
    """Remove the sample content. Without `by` the command line does it. Raises NotAllowed.

    An article under which a real person wrote stays as a draft, without the comments of the
    samples.
    """
    if by:
        demand_account("remove_sample", by)
    articles = list(Article.objects.filter(pk__in=Sample.objects.values("article")))
    kept = [article for article in articles if _written_under(article).exists()]
    for article in articles:
        _withdraw(article) if article in kept else erase_article(article)
    people = [person for person in _sample_people() if not _has_more(person, kept)]
    for person in people:
        erase_person(person)
    FormerName.objects.free(*(person.username for person in people))
    _remove_topics()
    Sample.objects.all().delete()
    return Removed(len(articles) - len(kept), len(people), kept)


def _sample_people() -> "QuerySet[User]":
    """Return the people of the samples whose account no real person has taken over."""
    taken_over = (
        Q(last_login__isnull=False)
        | Q(emailaddress__verified=True)
        | Q(is_staff=True)
        | Q(is_superuser=True)
    )
    marked = User.objects.filter(pk__in=Sample.objects.values("person"))
    return marked.exclude(pk__in=User.objects.filter(taken_over).values("pk"))


def _written_under(article: Article) -> "QuerySet[Comment]":
    theirs = Comment.objects.filter(discussion__article=article, author__isnull=False)
    return theirs.exclude(author__in=_sample_people().values("pk"))


def _withdraw(article: Article) -> None:
    """Make the article a draft, and empty the comments of the samples."""
    article.status = Article.Status.DRAFT
    article.save(update_fields=["status"])
    article.discussion.lock()
    real = _written_under(article).values("pk")
    for comment in Comment.objects.filter(discussion__article=article).exclude(pk__in=real):
        gone = {
            "body": "",
            "html": "",
            "visible_text": "",
            "search_words": "",
            "removal_reason": "",
            "fingerprint": None,
        }
        change_status(comment, comment.status, Comment.Status.DELETED, **gone)


def _has_more(person: User, samples: list[Article]) -> bool:
    """Return whether the person wrote, or is the author of, anything that stays."""
    keys = [article.pk for article in samples]
    comments = Comment.objects.filter(author=person).exclude(discussion__article__in=keys)
    return comments.exists() or Article.objects.filter(author=person).exclude(pk__in=keys).exists()


def _remove_topics() -> None:
    used = Q(pk__in=Article.objects.filter(topic__isnull=False).values("topic"))
    for model in (Moderator, Policy):
        used |= Q(pk__in=model._base_manager.filter(topic__isnull=False).values("topic"))
    Topic.objects.filter(pk__in=Sample.objects.values("topic")).exclude(used).delete()
