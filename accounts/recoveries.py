"""Way back in for somebody who lost the mailbox or the second factor, opened by an administrator.

It is announced to the address of the account and done two days later; any sign-in of the owner
ends it. The rows are the log of what was announced, by whom and what came of it.
"""

import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import tasks
from accounts.fields import CanonicalEmailField
from accounts.proofs import Proof, Purpose

if TYPE_CHECKING:
    from accounts.models import User

log = logging.getLogger(__name__)

NOTICE = timedelta(days=2)


class Outcome(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped by a sign-in of the owner")
    WITHDRAWN = "withdrawn", _("withdrawn by an administrator")
    IMPOSSIBLE = "impossible", _("not possible any more")


class RecoveryQuerySet(models.QuerySet["Recovery"]):
    def waiting(self) -> Self:
        return self.filter(outcome=Outcome.WAITING)

    def end(self, outcome: str) -> int:
        return self.waiting().update(outcome=outcome, ended_at=timezone.now())

    @transaction.atomic
    def announce(
        self,
        person: "User",
        *,
        reason: str,
        by: "User | None" = None,
        new_email: str = "",
        removes_factors: bool = False,
    ) -> "Recovery":
        """Tell the owner, and do it in two days. `by` is nobody for who runs the server.

        Raise ValidationError where there is nothing to do, and NotAllowed by the table of roles.
        """
        from accounts.rights import demand_account

        if by is not None:
            demand_account("recover_account", by, person)
        recovery = Recovery(
            person=person,
            by=by,
            reason=reason,
            new_email=new_email,
            removes_factors=removes_factors,
        )
        recovery.full_clean()
        recovery.save()
        tasks.send_recovery_letter.enqueue("recovery_announced", recovery.pk, person.email)
        tasks.recover_account.using(run_after=recovery.due_at).enqueue(recovery.pk)
        log.warning("Recovery %d of an account was announced.", recovery.pk)
        return recovery

    @transaction.atomic
    def stop(self, person: Any) -> None:
        """End what waits for somebody who has just shown that it is them, and tell them."""
        for recovery in self.waiting().filter(person=person):
            if recovery.close(Outcome.STOPPED):
                tasks.send_recovery_letter.enqueue("recovery_stopped", recovery.pk, person.email)


def due() -> Any:
    return timezone.now() + NOTICE


class Recovery(models.Model):
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="recoveries",
        verbose_name=_("person"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("announced by"),
    )
    new_email = CanonicalEmailField(
        _("new email address"), blank=True, help_text=_("If the mailbox is lost.")
    )
    removes_factors = models.BooleanField(
        _("remove the second step"),
        default=False,
        help_text=_("If phone, passkeys and recovery codes are lost."),
    )
    reason = models.TextField(
        _("reason"), help_text=_("How you know that it is them. They can read it in their data.")
    )
    created_at = models.DateTimeField(_("announced"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("due"), default=due, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=Outcome,
        default=Outcome.WAITING,
        editable=False,
    )

    objects = RecoveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("account recovery")
        verbose_name_plural = _("account recoveries")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(outcome="waiting"),
                name="one_recovery_waits",
                violation_error_message=_("A recovery of this account is waiting already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.created_at:%Y-%m-%d}"

    def clean(self) -> None:
        super().clean()
        if not (self.new_email or self.removes_factors):
            raise ValidationError(_("Choose a new address, or remove the second step."))
        if self.new_email and self._is_taken():
            raise ValidationError({"new_email": _("Another account uses this address.")})

    def _is_taken(self) -> bool:
        others = type(self.person).objects.exclude(pk=self.person_id)
        return others.filter(email=self.new_email).exists()

    def close(self, outcome: str) -> bool:
        """Return False where something else has ended it meanwhile."""
        return Recovery.objects.filter(pk=self.pk).end(outcome) == 1

    @property
    def address(self) -> str:
        return self.new_email or self.person.email

    @transaction.atomic
    def complete(self) -> None:
        """Do what was announced, and end every session; nothing where a sign-in was quicker."""
        person = type(self.person).objects.select_for_update().get(pk=self.person_id)
        if not person.is_active or (self.new_email and self._is_taken()):
            self.close(Outcome.IMPOSSIBLE)
            return
        if not self.close(Outcome.DONE):
            return
        if self.removes_factors:
            Authenticator.objects.filter(user=person).delete()
            person.refresh_from_db()
        if self.new_email:
            self._move(person)
        for session in UserSession.objects.filter(user=person):
            session.end()
        tasks.send_recovery_letter.enqueue("recovery_done", self.pk, self.address)
        log.warning("Recovery %d of an account was completed.", self.pk)

    def _move(self, person: "User") -> None:
        """Give the account its new address, and the old one a week to undo it.

        Accounts elsewhere go, too: they may belong to the mailbox that is lost.
        """
        former = person.email
        restore = Proof.objects.make(Purpose.RESTORE, former, person=person)
        person.email = self.new_email
        person.set_unusable_password()
        person.save()
        person.emailaddress_set.all().delete()
        person.socialaccount_set.all().delete()
        person.confirm_email()
        tasks.send_recovery_letter.enqueue("recovery_moved", self.pk, former, str(restore.pk))
