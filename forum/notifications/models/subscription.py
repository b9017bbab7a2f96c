from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Passage, Topic

TARGETS = ("article", "passage", "thread", "topic")


def _one_of(*names: str) -> Q:
    """Return the condition that exactly one of these references is set."""
    one = Q()
    for name in names:
        one |= Q(**{f"{other}__isnull": other != name for other in names})
    return one


class Subscription(models.Model):
    """A person follows an article, a passage of it, a thread or a topic; or mutes a thread.

    An address without an account follows in place of a person once it is confirmed.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="subscriptions"
    )
    email = models.EmailField(blank=True)
    confirmed_at = models.DateTimeField(null=True)  # by the owner of the address
    told_until = models.DateTimeField(null=True)  # the last daily email to the address
    # The language of the page on which the address was entered; "" for the site's.
    language = models.CharField(max_length=10, blank=True)

    article = models.ForeignKey(
        Article, models.CASCADE, null=True, related_name="subscriptions", db_index=False
    )
    passage = models.ForeignKey(
        Passage, models.CASCADE, null=True, related_name="subscriptions", db_index=False
    )
    thread = models.ForeignKey(  # its first comment
        "forum.Comment", models.CASCADE, null=True, related_name="subscriptions", db_index=False
    )
    topic = models.ForeignKey(
        Topic, models.CASCADE, null=True, related_name="subscriptions", db_index=False
    )
    # Nothing of the thread is told, whatever else is followed. It stands beside the row of
    # somebody who follows the thread, so that an end of the mute restores that.
    is_mute = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["told_until"],
                condition=Q(told_until__isnull=False),
                name="subscription_email_due",
            ),
        ]
        # The followers of something are read in the order of their keys.
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=[target, "is_mute", "person"],
                    condition=Q(**{f"{target}__isnull": False, "person__isnull": False}),
                    name=f"subscription_once_per_{target}",
                )
                for target in TARGETS
            ),
            *(
                models.UniqueConstraint(
                    fields=[target, "email"],
                    condition=Q(**{f"{target}__isnull": False, "person": None}),
                    name=f"subscription_of_address_per_{target}",
                )
                for target in TARGETS
            ),
            models.CheckConstraint(condition=_one_of(*TARGETS), name="subscription_to_one_thing"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, email="") | (Q(person=None) & ~Q(email="")),
                name="subscription_of_person_or_address",
            ),
            models.CheckConstraint(
                condition=Q(is_mute=False) | Q(person__isnull=False, thread__isnull=False),
                name="subscription_mutes_threads_only",
            ),
        ]

    def __str__(self) -> str:
        kind = next(name for name in TARGETS if getattr(self, f"{name}_id"))
        return f"{self.person_id or self.email}: {kind} {getattr(self, f'{kind}_id')}"

    @property
    def public_article(self) -> Article | None:
        """The article of what is followed, if readers see it; None for a topic, too."""
        about = self.article or (self.passage and self.passage.article)
        article = about or (self.thread and self.thread.discussion.article)
        return article if article and article.is_published else None
