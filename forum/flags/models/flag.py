from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from forum.cases import heat_cases
from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.flags import weight as flag_weight
from forum.flags.models.notice import Notice
from forum.log.models.action import ModerationAction
from forum.people.models.moderator import deciders
from forum.people.reasons import Reason
from forum.posting.refusals import Act, Refusal
from forum.posting.visibility import hold
from forum.tasks import send_receipt, send_report_to_deciders, tell_flaggers
from forum.votes.admission import NotPublished, admit
from text.fields import validate_shown

if TYPE_CHECKING:
    from accounts.models import User

NOTE_MAX_LENGTH = 300
# Whoever flagged is told so long after the decision: a slip
# of the moderator's hand is undone by then.
TOLD_AFTER = timedelta(seconds=75)
# Anybody can report, signed out: moderators are told of so many an
# hour by email, and of all of them in the queue.
REPORTS_TOLD_PER_HOUR = 20
# Stands for the address of a signed-out reader once the answer went
# out: it is kept no longer than it is needed.
ANSWERED = "@answered.invalid"


# Stored as it is written here, and translated when it is shown.
HIDDEN_BY_FLAGS = gettext_noop(
    "Several readers reported it. It is hidden until a moderator has decided."
)


class AlreadyDecided(Refusal):
    """A moderator has decided about this flag, so it cannot be changed."""

    MESSAGES: ClassVar[dict[Act, Any]] = {
        Act.FLAG: _("A moderator has already decided on your report. You can no longer change it.")
    }


class FlagReason(models.Model):
    """One choice in the list of reasons to report a comment. Publishers word and order the list."""

    name = models.CharField(_("name"), max_length=60, validators=[validate_shown])
    # With which reason a comment is removed when such a flag
    # is upheld; none: moderators do not act on it.
    reason = models.CharField(_("reason of a removal"), max_length=12, choices=Reason, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("reason to report")
        verbose_name_plural = _("reasons to report")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return gettext(self.name)  # the reasons of a new site are stored in English


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> Self:
        return self.filter(decided_at=None)

    def of(self, comment: Comment, person: Any) -> "Flag | None":
        """Return the flag of a person on a comment. Signed-out readers have none that could be
        found again.
        """
        if not person.is_authenticated:
            return None
        return self.select_related("reason").filter(comment=comment, person=person).first()

    def make(
        self,
        *,
        comment: Comment,
        by: Any,
        reason: FlagReason,
        note: str = "",
        email: str = "",
        notice: dict[str, Any] | None = None,
    ) -> "Flag":
        """Save a flag and open a case; hide the comment if its flags weigh enough. Raises a
        Refusal.

        Each person has one flag for each comment: a second report replaces the first. `notice`
        has the further fields of a report of illegal content.
        """
        admit(comment=comment, by=by)
        person = by if by.is_authenticated else None
        weight = self.weight_of(person)
        with transaction.atomic():
            comment.lock()
            comment.refresh_from_db(fields=["status", "body"])
            if not comment.is_published:
                raise NotPublished
            is_approved = _is_approved(comment)
            weight = flag_weight.after_approval(weight) if is_approved else weight
            flag, is_new = self.get_or_create(
                comment=comment,
                person=person,
                email=email,
                defaults={"reason": reason, "note": note, "weight": weight},
            )
            if not is_new:
                flag.say_again(reason=reason, note=note)
            self._weigh(comment, is_approved=is_approved)
            heat_cases.after_flag(comment)
            if flag.reason.reason == Reason.ILLEGAL:
                self._announce(flag, notice)
        return flag

    def _announce(self, flag: "Flag", notice: dict[str, Any] | None) -> None:
        """Save the notice of illegal content, confirm it, and email those who may decide."""
        if notice:
            Notice.objects.say(flag, notice)
            send_receipt.enqueue(flag.pk, get_language() or "")
        since = timezone.now() - timedelta(hours=1)
        lately = self.filter(reason__reason=Reason.ILLEGAL, created_at__gt=since).order_by()
        if len(lately.values("pk")[: REPORTS_TOLD_PER_HOUR + 1]) <= REPORTS_TOLD_PER_HOUR:
            send_report_to_deciders.enqueue(flag.pk)

    def weight_of(self, person: "User | None") -> int:
        """Return the weight of a person's next flag.

        Signed-out flags weigh nothing, because anybody could make a hundred of them.
        """
        if person is None:
            return 0
        decided = self.filter(person=person, decided_at__isnull=False).order_by("-pk")
        latest = list(decided.values_list("outcome", flat=True)[: flag_weight.LOOKED_AT])
        upheld = latest.count(Flag.Outcome.UPHELD)
        return flag_weight.weight(upheld=upheld, rejected=len(latest) - upheld)

    def _weigh(self, comment: Comment, *, is_approved: bool) -> None:
        """Add up the open flags, and hide the comment if they weigh enough.

        Call it under the lock of the discussion, so that one of several simultaneous flags
        passes the limit.
        """
        by_reason = self.open().filter(comment=comment).order_by().values_list("reason__reason")
        sums = [flag_weight.Sum(*row) for row in by_reason.annotate(Sum("weight"))]
        total, severity = sum(each.weight for each in sums), flag_weight.severity(sums)
        if is_approved:
            severity = flag_weight.after_approval(severity)
        elif flag_weight.holds(total, people=settings.FLAGS_TO_HOLD):
            hold(comment, by=None, reason=flag_weight.heaviest(sums), rule_words=HIDDEN_BY_FLAGS)
        Case.objects.waiting().filter(comment=comment, cause=Case.Cause.HEAT).update(
            cause=Case.Cause.FLAGS
        )
        Case.objects.open(comment, cause=Case.Cause.FLAGS, severity=severity, flag_weight=total)

    def settle(self, comment: Comment, action: ModerationAction) -> None:
        """Close the open flags of a comment with the outcome of a decision.

        Readers are emailed after a delay, in which the decision can be undone.
        """
        outcome = OUTCOMES.get(action.kind)
        if not outcome:
            return
        if (
            self.open()
            .filter(comment=comment)
            .update(outcome=outcome, decided_at=action.created_at)
        ):
            tell_flaggers.using(run_after=timezone.now() + TOLD_AFTER).enqueue(action.pk)

    def unsettle(self, comment: Comment, action: ModerationAction) -> None:
        """Reopen the flags that an undone decision had closed."""
        self.filter(comment=comment, decided_at=action.created_at).update(
            outcome="", decided_at=None
        )


class Flag(models.Model):
    """One person's report of one comment."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("A moderator took action")
        REJECTED = "rejected", _("A moderator kept the comment")

    comment = models.ForeignKey(
        "forum.Comment", models.CASCADE, related_name="flags", db_index=False
    )
    # Nobody, where the reader was signed out; they may have left an address for the answer.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="flags", db_index=False
    )
    email = models.EmailField(blank=True)
    reason = models.ForeignKey(
        FlagReason, models.PROTECT, related_name="flags", verbose_name=_("reason")
    )
    note = models.CharField(_("note"), max_length=NOTE_MAX_LENGTH, blank=True)
    weight = models.PositiveSmallIntegerField()  # hundredths of a person whose flags are upheld
    created_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["comment", "-id"], name="flag_of_comment"),
            models.Index(fields=["person", "-id"], name="flag_by_person"),
            models.Index(fields=["created_at", "outcome"], name="flag_counted"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="flag_once_per_person"),
            models.UniqueConstraint(
                fields=["comment", "email"], condition=Q(person=None), name="flag_once_per_address"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}: {self.reason}"

    @property
    def state(self) -> str:
        """Return the outcome, or the reason why there is none yet, in words."""
        if self.outcome:
            return str(self.get_outcome_display())
        if self.comment.status == Comment.Status.DELETED:
            return gettext("The author deleted it before a moderator decided")
        return gettext("Waiting for a moderator")

    @property
    def address(self) -> str:
        """Return the email address for the outcome, or "" if nobody asked for it."""
        if self.person:
            return self.person.email if self.person.is_active else ""
        return "" if self.email.endswith(ANSWERED) else self.email

    def deciders(self) -> "list[User]":
        """Return the moderators who are emailed about a report of illegal content.

        The author of the comment and the reporter are left out.
        """
        concerned = [self.comment.author_id, self.person_id]
        return deciders(self.comment.discussion.article.topic_id, concerned=concerned)

    def say_again(self, *, reason: FlagReason, note: str) -> None:
        """Replace reason and note by those of a second report.

        Several signed-out readers may share one flag: the gravest reason wins.
        """
        if self.person_id and self.decided_at:
            raise AlreadyDecided
        graver = flag_weight.gravity(reason.reason) > flag_weight.gravity(self.reason.reason)
        if not (self.person_id or self.decided_at or graver):
            return
        self.reason, self.note, self.outcome, self.decided_at = reason, note, "", None
        self.save(update_fields=["reason", "note", "outcome", "decided_at"])


def _is_approved(comment: Comment) -> bool:
    """Return True if a moderator has approved the comment with its present text."""
    kinds = [ModerationAction.Kind.APPROVE, ModerationAction.Kind.RESTORE]
    # Whoever takes back a slip of their hand has approved nothing; whoever grants an objection has.
    judged = (
        Q(undoes=None)
        | Q(undoes__kind=ModerationAction.Kind.HOLD)
        | Q(undoes__objection__outcome="upheld")
    )
    approvals = ModerationAction.objects.filter(
        judged, comment=comment, kind__in=kinds, undone_by=None
    )
    return approvals.order_by("-pk").values_list("text__words", flat=True).first() == comment.body


OUTCOMES: dict[str, str] = {
    ModerationAction.Kind.REMOVE: Flag.Outcome.UPHELD,
    ModerationAction.Kind.ERASE: Flag.Outcome.UPHELD,
    ModerationAction.Kind.EDIT: Flag.Outcome.UPHELD,
    ModerationAction.Kind.APPROVE: Flag.Outcome.REJECTED,
}
