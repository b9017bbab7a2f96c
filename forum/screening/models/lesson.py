from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any, Final

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum import tasks
from forum.log.models.action import ModerationAction
from forum.people.reasons import Reason
from forum.screening.spam.judgement import forget
from forum.screening.spam.learning import Example, learn
from forum.screening.spam.tokens import tokens
from forum.screening.spam.weights import priors

# One line of the log in so many has the site learn anew what spam
# looks like: no query asks whether it is time.
TEACHES: Final = 50
KIND: Final = ModerationAction.Kind
# It is learnt from so many comments at most of each kind, and from none if there are fewer.
MOST_COMMENTS: Final = 10_000
FEWEST_COMMENTS: Final = 10
# No more lines of the log are looked through for them.
MOST_LINES: Final = 200_000
# A comment that nobody took away for so long stands.
STANDS_AFTER: Final = timedelta(days=3)
# So many lessons are kept, the latest.
KEPT: Final = 5


class LessonManager(models.Manager["Lesson"]):
    def learn(self) -> "Lesson | None":
        """Learn from the latest decisions; return None where there are too few."""
        spam = list(islice(_spam(), MOST_COMMENTS))
        good = list(islice(_good(), MOST_COMMENTS))
        if min(len(spam), len(good)) < FEWEST_COMMENTS:
            return None
        examples = [
            Example(tokens(text), is_spam)
            for is_spam, texts in ((True, spam), (False, good))
            for text in texts
        ]
        return self._keep(learn(examples, priors()), len(examples))

    @transaction.atomic
    def _keep(self, weights: dict[str, float], comments: int) -> "Lesson":
        lesson = self.create(weights=weights, comments=comments)
        older = self.order_by("-pk").values_list("pk", flat=True)[KEPT - 1 : KEPT].first()
        self.filter(pk__lt=older or 0).delete()
        transaction.on_commit(forget)
        return lesson


class Lesson(models.Model):
    """Weights of words for and against spam, learnt from the moderators' decisions."""

    weights = models.JSONField()
    comments = models.PositiveIntegerField()  # that it was learnt from
    created_at = models.DateTimeField(default=timezone.now)

    objects = LessonManager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d}"


def _spam() -> Iterator[str]:
    """Comments as they were when moderators took them away as
    spam, if they are still away; the latest first.
    """
    taken = _lines().filter(
        kind__in=[KIND.REMOVE, KIND.ERASE], reason=Reason.SPAM, is_automatic=False
    )
    seen: set[int] = set()
    for comment, words in taken.filter(comment__status__in=["removed", "erased"]).values_list(
        "comment", "text__words"
    ):
        if words and comment not in seen:
            seen.add(comment)
            yield words


def _good() -> Iterator[str]:
    """Half of them approved by moderators, as far as there are so many; the rest was let stand."""
    approved = _lines().filter(kind__in=[KIND.APPROVE, KIND.RESTORE], comment__status="published")
    keys = list(dict.fromkeys(approved.values_list("comment", flat=True)[: MOST_COMMENTS // 2]))
    comments: Any = apps.get_model("forum", "Comment").objects.filter(status="published")
    yield from comments.filter(pk__in=keys).values_list("body", flat=True)
    standing = comments.filter(created_at__lt=timezone.now() - STANDS_AFTER).order_by("-pk")
    known = set(keys)
    yield from (
        body for key, body in standing.values_list("pk", "body")[:MOST_COMMENTS] if key not in known
    )


def _lines() -> models.QuerySet[ModerationAction]:
    newest = ModerationAction.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return ModerationAction.objects.filter(pk__gt=newest - MOST_LINES).order_by("-pk")


def learn_from_time_to_time(action: ModerationAction) -> None:
    """Queue a lesson now and then, told by the number of the decision."""
    if action.pk % TEACHES == 0:
        tasks.learn_from_decisions.enqueue()
