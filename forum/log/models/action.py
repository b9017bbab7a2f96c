from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum import tasks
from forum.log import append_only, chain, texts
from forum.log.kinds import Kind
from forum.log.models.text import DecisionText
from forum.people.reasons import Reason

if TYPE_CHECKING:
    from accounts.models import User


class ModerationActionQuerySet(models.QuerySet["ModerationAction"]):
    def stated(self) -> Self:
        """Return the decisions whose reasons the person concerned can read, the latest first."""
        about = (
            "text",
            "person",
            "comment__discussion__article",
            "discussion__article",
            "undone_by",
            "objection",
        )
        return (
            self.filter(kind__in=texts.STATED, person__isnull=False)
            .select_related(*about)
            .order_by("-pk")
        )


class ModerationAction(models.Model):
    """One entry of the log: who did what, to what, when and why.

    Entries are added and never changed: database triggers refuse it (forum.log.append_only),
    and each entry seals the one before (forum.log.chain). The seals hash the names of the
    columns: never rename a field here.
    """

    Kind = Kind

    kind = models.CharField(_("action"), max_length=10, choices=Kind)
    # Nobody, where a rule decided or the moderator's account is
    # gone; the key stays, and says nobody's name.
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="moderation_actions",
        verbose_name=_("moderator"),
    )
    moderator_key = models.PositiveBigIntegerField(null=True, editable=False)
    is_automatic = models.BooleanField(_("decided automatically"), default=False)
    # What it is about; nothing once that is deleted. The key stays.
    comment = models.ForeignKey(
        "forum.Comment", models.SET_NULL, null=True, related_name="moderation_actions"
    )
    comment_key = models.PositiveBigIntegerField(null=True, editable=False)
    discussion = models.ForeignKey(
        "forum.Discussion", models.SET_NULL, null=True, related_name="moderation_actions"
    )
    discussion_key = models.PositiveBigIntegerField(null=True, editable=False)
    # Whom it concerns: the comment's author, whoever is silenced.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    person_key = models.PositiveBigIntegerField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    rule = models.ForeignKey(
        "forum.Rule",
        models.PROTECT,
        null=True,
        related_name="actions",
        verbose_name=_("rule"),
        db_index=False,
    )
    rule_words = models.TextField(_("message of the rule"), blank=True)  # as they were
    text_digest = models.CharField(
        max_length=64, blank=True, editable=False
    )  # of DecisionText, which can be erased
    status_before = models.CharField(max_length=10, blank=True)  # of the comment
    until = models.DateTimeField(_("until"), null=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    # The line before, and what seals this one to it: none can be taken out or changed unseen.
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="following")
    seal = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ModerationActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation action")
        verbose_name_plural = _("moderation log")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["person", "-id"], name="moderation_action_by_person"),
            models.Index(fields=["kind", "-id"], name="moderation_action_by_kind"),
            models.Index(fields=["reason", "-id"], name="moderation_action_by_reason"),
            # All that is counted of a month is in it.
            models.Index(
                fields=["created_at", "kind", "reason", "is_automatic"],
                name="moderation_action_counted",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(comment_key__isnull=False)
                | models.Q(discussion_key__isnull=False)
                | models.Q(person_key__isnull=False),
                name="moderation_action_has_an_object",
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(previous=None),
                name="moderation_action_begins_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moderator or ''} {self.get_kind_display()}".strip()

    @classmethod
    @transaction.atomic
    def record(cls, kind: str, *, by: "User | None", **what: Any) -> Self:
        """Add an entry. A rule of the site is recorded as `by=None`.

        An entry about a comment concerns its author and stores the comment's present text,
        unless `words` gives another: a caller that changes the text passes the former one. Call
        it last in a transaction: until the end of it, everybody else who records waits. Raises
        NotAllowed, which rolls the decision back, if the person may not decide so. No decision
        is saved without its entry, so every decision passes this check.
        """
        from forum.people.scope import demand_decision_now

        append_only.guard().lock()
        if by:
            demand_decision_now(
                kind, by, **{name: what.get(name) for name in ("comment", "discussion", "person")}
            )
        what = (_about(what["comment"]) if what.get("comment") else {}) | what
        text = DecisionText.of(words=what.pop("words", ""), note=what.pop("note", ""))
        line = cls(kind=kind, moderator=by, is_automatic=by is None, **what)
        line.text_digest = text.digest if text else ""
        for name in ("moderator", "person", "comment", "discussion"):
            setattr(line, f"{name}_key", getattr(line, f"{name}_id"))
        line._follow(cls.objects.order_by("-pk").only("seal").first())
        line.save(force_insert=True)
        if text:
            text.action = line
            text.save(force_insert=True)
        line.tell_later()
        return line

    def _follow(self, previous: "ModerationAction | None") -> None:
        self.previous = previous
        self.seal = chain.seal(self, previous.seal if previous else "")

    @property
    def words(self) -> str:
        """Return the text of the comment at that time; "" once it is erased."""
        text = getattr(self, "text", None)
        return text.words if text else ""

    @property
    def note(self) -> str:
        text = getattr(self, "text", None)
        return text.note if text else ""

    # --- What the person concerned is told ---

    @property
    def decided(self) -> Any:
        """Return the decision in words, for the person concerned."""
        return texts.DECIDED[self.kind][0]

    @property
    def consequence(self) -> Any:
        return texts.DECIDED[self.kind][1]

    @property
    def takes_away(self) -> str:
        """Return what the person loses: the "right" to write, a "comment", or "" after a
        warning.
        """
        return (
            "right"
            if self.kind in texts.SANCTIONS
            else ""
            if self.kind == self.Kind.WARN
            else "comment"
        )

    @property
    def rule_in_words(self) -> str:
        return texts.rule_in_words(self.kind, self.rule_words)

    @property
    def occasion(self) -> Any:
        """Return the cause of the case in words, unless the moderator looked on their own."""
        cases = self.comment.cases.order_by("-pk") if self.comment else []
        case = next(
            (case for case in cases if case.action_id == self.pk or self.kind == self.Kind.HOLD),
            None,
        )
        return texts.OCCASIONS[case.cause] if case else ""

    @property
    def article(self) -> Any:
        """Return the article of the decision; None if it is about a person as a whole."""
        discussion = self.comment.discussion if self.comment else self.discussion
        return discussion.article if discussion else None

    @property
    def topic_id(self) -> int | None:
        """Return the topic whose moderators decide about an objection.

        None stands for moderators of the whole site, who alone decide about the right to write.
        """
        return self.article.topic_id if self.article and self.takes_away != "right" else None

    @property
    def is_undone(self) -> bool:
        """Return True if it was reversed, even by an entry that does not name this one."""
        if hasattr(self, "undone_by"):
            return True
        if self.kind in texts.SANCTIONS and self.person:
            imposed = self.person.sanctions.filter(
                kind=texts.SANCTIONS[self.kind], until=self.until
            )
            latest = imposed.filter(created_at__lte=self.created_at).order_by("-pk").first()
            return latest is not None and latest.lifted_at is not None
        given_back = ModerationAction.objects.filter(
            kind__in=[self.Kind.RESTORE, self.Kind.APPROVE], undoes=None
        )
        return (
            self.kind in texts.HIDES
            and given_back.filter(comment=self.comment_id, pk__gt=self.pk).exists()
        )

    @property
    def objections_end_at(self) -> datetime:
        return self.created_at + texts.OBJECTION_WINDOW

    def open_to_objection_by(self, person: Any) -> bool:
        """Return True if the person can object: once, within six months, while the decision
        stands.
        """
        is_theirs = (
            self.kind in texts.STATED and self.person_id is not None and self.person_id == person.pk
        )
        is_open = timezone.now() < self.objections_end_at and not hasattr(self, "objection")
        return is_theirs and is_open and not self.is_undone

    def tell_later(self) -> None:
        """Queue the email to a person who lost a comment or the right to write.

        A comment that was held before anybody saw it sends none: the page said so at once.
        """
        was_seen = self.kind != self.Kind.HOLD or self.status_before == "published"
        if self.kind in texts.MAILED and was_seen:
            tasks.send_statement.using(run_after=timezone.now() + texts.LETTER_DELAY).enqueue(
                self.pk
            )

    @property
    def is_told(self) -> bool:
        """Return True if the person is to be told: the decision stands, and the account is active.
        The removals of a takedown are told as one.
        """
        is_there = self.person is not None and self.person.is_active
        return is_there and not self.is_undone and not hasattr(self, "takedown_removal")

    @property
    def is_told_by_mail(self) -> bool:
        """Return True if the person is told by email, too: they got few that day."""
        if not self.is_told:
            return False
        since = self.created_at - timedelta(days=1)
        theirs = ModerationAction.objects.filter(person=self.person, kind__in=texts.MAILED)
        earlier = theirs.filter(pk__lt=self.pk, created_at__range=(since, self.created_at))[
            : texts.LETTERS_PER_DAY
        ]
        return self.kind in texts.SANCTIONS or len(earlier) < texts.LETTERS_PER_DAY


def _about(comment: Any) -> dict[str, Any]:
    """Return the comment's author and its text as the database has it, which may be newer than
    the object.
    """
    words = type(comment).objects.values_list("body", flat=True).get(pk=comment.pk)
    return {"person": comment.author, "words": words}
