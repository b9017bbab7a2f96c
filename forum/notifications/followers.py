"""Readers without an account who follow an article by email.

An address gets nothing but a letter that asks before its owner confirms. What a reader sees is the
same for every address; the letter alone says more.
"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from accounts.links import Purpose, sign
from articles.models import Article
from articles.models.article import long_columns
from forum import tasks
from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.notifications.envelope import (
    list_email,
    queue_email,
    takes_notifications,
    unsubscribe_url,
    whole,
)
from forum.notifications.models.kind import EMAIL_DELAY, latest_morning
from forum.notifications.models.subscription import Subscription
from mail.build import mail_id

CONFIRMED_WITHIN = timedelta(days=7)
AT_ONCE = 100  # subscriptions
BEST_SHOWN = 5


@transaction.atomic
def ask_to_confirm(article: Article, email: str) -> None:
    """Save that somebody wants to follow the article, and queue the letter that asks the owner of
    the address.
    """
    subscription, _ = Subscription.objects.get_or_create(
        article=article, email=email, person=None, defaults={"created_at": timezone.now()}
    )
    now, language = timezone.now(), get_language() or ""
    unconfirmed = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    unconfirmed.update(created_at=now, language=language)
    name = ("follow", subscription.pk, f"{now:%Y%m%d%H%M%S%f}")
    queue_email("followers.confirmation", subscription.pk, language, to=email, name=name)


def confirmation(pk: int, language: str) -> EmailMessage | None:
    """Build the letter that asks for confirmation, or says that it was given before.

    It is in the language of the page on which somebody asked.
    """
    subscription = of_addresses().filter(pk=pk).first()
    if subscription is None or not takes_notifications(subscription.email):
        return None
    context = {
        "article": subscription.article,
        "is_confirmed": subscription.confirmed_at is not None,
        "link": whole(reverse("confirm", args=[sign(Purpose.CONFIRM, "subscription", pk)])),
    }
    # An owner who did not ask for it can refuse all such letters by one press.
    thing = ("subscription", pk) if subscription.confirmed_at else ("address", subscription.email)
    leave = unsubscribe_url(sign(Purpose.UNSUBSCRIBE, *thing))
    return list_email(
        "forum/notifications/follow_confirmation",
        subscription.email,
        context,
        list_name="confirm",
        leave=leave,
        language=language,
    )


@transaction.atomic
def confirm(pk: int) -> Subscription | None:
    """Follow from now on. Return None if the subscription was forgotten."""
    subscription = of_addresses().filter(pk=pk).select_for_update(of=("self",)).first()
    if subscription:
        now = timezone.now()
        waiting = Subscription.objects.filter(pk=pk, confirmed_at=None)
        waiting.update(confirmed_at=now, told_until=now)
        _move_to_account(subscription, _people_with([subscription.email]))
    return subscription


def forget_unconfirmed() -> None:
    long_ago = timezone.now() - CONFIRMED_WITHIN
    unconfirmed = Subscription.objects.filter(person=None, confirmed_at=None)
    unconfirmed.filter(created_at__lt=long_ago).delete()


# --- The daily email ---


def has_due_emails() -> bool:
    return _due().exists()


def queue_due_emails() -> None:
    """Queue the daily emails of a hundred subscriptions, and a task for those behind them."""
    subscriptions = list(_due().order_by("pk")[:AT_ONCE])
    people = _people_with([subscription.email for subscription in subscriptions])
    for subscription in subscriptions:
        if not _move_to_account(subscription, people):
            _queue(subscription)
    if len(subscriptions) == AT_ONCE:
        tasks.queue_emails_to_followers.enqueue()


def compose(pk: int, since: str, until: str) -> EmailMessage | None:
    """Build the email about what was written on the article between these times."""
    subscription = of_addresses().filter(pk=pk, confirmed_at__isnull=False).first()
    if subscription is None or not takes_notifications(subscription.email):
        return None
    article: Any = subscription.article
    times: Any = (parse_datetime(since), parse_datetime(until))
    comments = _news(article.pk, *times)
    best = list(comments.select_related("author").order_by("-rank", "-pk")[:BEST_SHOWN])
    if not best:
        return None
    number = comments.count()
    context = {
        "article": article,
        "comments": best,
        "number": number,
        "more": number - len(best),
    }
    return list_email(
        "forum/notifications/followed_article",
        subscription.email,
        context,
        list_name=f"article-{article.pk}",
        leave=unsubscribe_url(sign(Purpose.UNSUBSCRIBE, "subscription", pk)),
        references=[mail_id("article", article.pk)],
        language=subscription.language,
    )


@transaction.atomic
def _queue(subscription: Subscription) -> None:
    since: Any = subscription.told_until
    until = timezone.now() - EMAIL_DELAY
    mine = Subscription.objects.filter(pk=subscription.pk, told_until=since)
    if mine.update(told_until=until) and _news(subscription.article_id, since, until).exists():
        arguments = (subscription.pk, since.isoformat(), until.isoformat())
        name = ("followed", subscription.pk, f"{until:%Y%m%d%H%M%S}")
        queue_email("followers.compose", *arguments, to=subscription.email, name=name)


def _news(article: int | None, since: datetime | None, until: datetime) -> "QuerySet[Comment]":
    """Return what readers saw first between these times: what was written then, and what a
    moderator published then after it had waited.
    """
    log = ModerationAction.objects.filter(comment=OuterRef("pk"))
    held_at_first = Exists(log.filter(kind=ModerationAction.Kind.HOLD, status_before=""))
    hidden_later = Exists(log.filter(status_before=Comment.Status.PUBLISHED))
    written = Q(created_at__gt=since, created_at__lte=until)
    published = Q(created_at__lte=since, status_at__gt=since, status_at__lte=until)
    comments = Comment.objects.published().filter(
        written | (published & held_at_first & ~hidden_later), discussion__article=article
    )
    return comments.filter(imported_at=None)


def _due() -> "QuerySet[Subscription]":
    return Subscription.objects.filter(person=None, told_until__lt=latest_morning(timezone.now()))


def of_addresses() -> "QuerySet[Subscription]":
    """Return those of addresses to articles that readers see."""
    articles = Article.objects.published().values("pk")
    rows = Subscription.objects.filter(person=None, article__in=articles)
    return rows.select_related("article").defer(*long_columns("article"))


def _people_with(emails: list[str]) -> dict[str, Any]:
    people: Any = get_user_model().objects.filter(email__in=emails, is_active=True)
    return {person.email: person for person in people}


def _move_to_account(subscription: Subscription, people: dict[str, Any]) -> bool:
    """Let the account follow, if the owner of the address has one by now. Return True if so."""
    person = people.get(subscription.email)
    if person is None:
        return False
    with transaction.atomic():
        Subscription.objects.get_or_create(
            person=person, article=subscription.article, is_mute=False
        )
        Subscription.objects.filter(pk=subscription.pk).delete()
    return True
