from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rights import NotAllowed
from accounts.roles import Refused
from forum import tasks
from forum.discussion.models.comment import Comment
from forum.log import texts
from forum.log.models.action import ModerationAction
from forum.moderation import decisions
from forum.moderation.undo import undo
from forum.people.models.moderator import Moderator, deciders, moderators_of

if TYPE_CHECKING:
    from accounts.models import User

WORDS_MAX_LENGTH = 2000


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def open(self, action: ModerationAction, *, by: "User", words: str) -> "Objection | None":
        """Save an objection; None if the decision is open to none, or the person has objected
        before.
        """
        if not action.open_to_objection_by(by):
            return None
        try:
            with transaction.atomic():
                objection = self.create(action=action, person=by, words=words)
                tasks.send_objection_to_deciders.enqueue(objection.pk)
                return objection
        except IntegrityError:  # in another tab, this moment
            return None

    def waiting(self) -> Self:
        return self.filter(decided_at=None).order_by("pk")

    def under_topics(self, topics: "Collection[int] | models.QuerySet[Any, Any]") -> Self:
        """Return the objections that moderators of these topics answer.

        Those against the loss of the right to write belong to moderators of the whole site.
        """
        theirs = self.exclude(action__kind__in=texts.SANCTIONS)
        return theirs.filter(action__comment__discussion__article__topic__in=topics)


class Objection(models.Model):
    """A person's objection to a decision about them: one for each decision, answered with
    reasons.
    """

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("The decision is reversed")
        REJECTED = "rejected", _("The decision stands")

    action = models.OneToOneField(ModerationAction, models.PROTECT, related_name="objection")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="objections")
    words = models.TextField(_("why it is wrong"), max_length=WORDS_MAX_LENGTH)
    created_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(_("answer"), max_length=WORDS_MAX_LENGTH, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(decided_at__isnull=True), name="objection_waiting"
            ),
            models.Index(fields=["created_at", "outcome"], name="objection_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.action}"

    def decidable_by(self, person: Any) -> bool:
        """Return True if the person moderates there and is not the one concerned."""
        return self.person_id != person.pk and Moderator.objects.may(person, self.action.topic_id)

    def needs_another_moderator(self, person: Any) -> bool:
        """Return True if the person took the decision themselves and another moderator could
        answer.
        """
        if self.action.moderator_id != person.pk:
            return False
        others = moderators_of(self.action.topic_id).exclude(pk__in=[person.pk, self.person_id])
        return others.exists()

    def deciders(self) -> "list[User]":
        """Return the moderators who are emailed that it waits."""
        action = self.action
        return deciders(action.topic_id, concerned=[self.person_id], decided_by=action.moderator_id)

    @transaction.atomic
    def decide(self, outcome: str, *, by: "User", answer: str) -> ModerationAction | None:
        """Answer the objection. Return None if somebody else was first. Raises NotAllowed."""
        self._demand_somebody_else(by)
        answered = {
            "outcome": outcome,
            "answer": answer,
            "decided_by": by,
            "decided_at": timezone.now(),
        }
        if not Objection.objects.filter(pk=self.pk, decided_at=None).update(**answered):
            return None
        for name, value in answered.items():
            setattr(self, name, value)
        about: dict[str, Any] = {
            "person": self.person,
            "comment": self.action.comment,
            "reason": self.action.reason,
        }
        if outcome == self.Outcome.UPHELD and not self._undo(by):
            about["undoes"] = self.action
        line = ModerationAction.record(KIND_OF_OUTCOME[outcome], by=by, **about)
        tasks.send_answer_to_objection.enqueue(self.pk)
        return line

    def _demand_somebody_else(self, by: "User") -> None:
        if by.pk == self.person_id:
            raise NotAllowed(Refused.ABOUT_ONESELF)
        if not self.decidable_by(by) or self.needs_another_moderator(by):
            raise NotAllowed(Refused.NOT_THEIRS)

    def _undo(self, by: "User") -> bool:
        """Undo the decision. Return False if no entry of the log says so: then the answer's
        entry does.
        """
        action, comment = self.action, self.action.comment
        line = None if action.kind == ModerationAction.Kind.HOLD else undo(action, by=by)
        is_held = comment is not None and comment.status == Comment.Status.HELD
        # What was taken away while it waited would wait
        # again, though a moderator has just judged it.
        if comment and action.kind in texts.HIDES and (line or is_held):
            decisions.approve(comment, by=by)
        return ModerationAction.objects.filter(undoes=self.action).exists()


KIND_OF_OUTCOME: dict[str, str] = {
    Objection.Outcome.UPHELD: ModerationAction.Kind.UPHOLD,
    Objection.Outcome.REJECTED: ModerationAction.Kind.REJECT,
}
