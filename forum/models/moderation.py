from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum import append_only, chain

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models.comment import Comment


class Reason(models.TextChoices):
    SPAM = "spam", _("Spam")
    UNKIND = "unkind", _("Unkind or threatening")
    OFF_TOPIC = "off_topic", _("Off topic")
    PRIVATE = "private", _("Private information")
    ILLEGAL = "illegal", _("Illegal content")
    OTHER = "other", _("Against the rules of this site")


class ModerationAction(models.Model):
    """One line of the log: who did what, to what, when and why.

    Lines are added, never changed: the database refuses it (forum.append_only), and each seals the one before it
    (forum.chain).
    """

    class Kind(models.TextChoices):
        HOLD = "hold", _("held a comment")
        APPROVE = "approve", _("approved a comment")
        REMOVE = "remove", _("removed a comment")
        ERASE = "erase", _("deleted a comment")
        EDIT = "edit", _("edited a comment")
        RESTORE = "restore", _("restored a comment")
        REFUSE = "refuse", _("refused a comment")
        PIN = "pin", _("pinned a comment")
        UNPIN = "unpin", _("unpinned a comment")
        PICK = "pick", _("picked a comment")
        UNPICK = "unpick", _("took back a pick")
        SPLIT = "split", _("split a thread")
        JOIN = "join", _("joined a thread again")
        CLOSE = "close", _("closed a discussion")
        REOPEN = "reopen", _("reopened a discussion")
        SLOW = "slow", _("slowed a discussion")
        WARN = "warn", _("warned a person")
        SILENCE = "silence", _("silenced a person")
        SUSPEND = "suspend", _("suspended a person")
        BAN = "ban", _("banned a person")
        LIFT = "lift", _("lifted a measure against a person")
        UPHOLD = "uphold", _("upheld an objection")
        REJECT = "reject", _("rejected an objection")

    kind = models.CharField(_("action"), max_length=10, choices=Kind)
    # Nobody, where a rule decided or the moderator's account is gone; the key stays, and says nobody's name.
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="moderation_actions",
        verbose_name=_("moderator"),
    )
    moderator_key = models.PositiveBigIntegerField(null=True, editable=False)
    is_automatic = models.BooleanField(_("decided automatically"), default=False)
    comment = models.ForeignKey("forum.Comment", models.PROTECT, null=True, related_name="moderation_actions")
    discussion = models.ForeignKey("forum.Discussion", models.PROTECT, null=True, related_name="moderation_actions")
    # Whom it concerns: the comment's author, whoever is silenced.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("person")
    )
    person_key = models.PositiveBigIntegerField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    rule = models.ForeignKey(
        "forum.Rule", models.PROTECT, null=True, related_name="actions", verbose_name=_("rule"), db_index=False
    )
    rule_words = models.TextField(_("rule in words"), blank=True)  # as they were
    words = models.TextField(_("text"), blank=True)  # of the comment, as it was
    status_before = models.CharField(max_length=10, blank=True)  # of the comment
    until = models.DateTimeField(_("until"), null=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    # The line before, and what seals this one to it: none can be taken out or changed unseen.
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="following")
    seal = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("moderation action")
        verbose_name_plural = _("moderation log")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["person", "-id"], name="moderation_action_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(comment__isnull=False)
                | models.Q(discussion__isnull=False)
                | models.Q(person_key__isnull=False),
                name="moderation_action_has_an_object",
            ),
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(previous=None), name="moderation_action_begins_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moderator or ''} {self.get_kind_display()}".strip()

    @classmethod
    @transaction.atomic
    def record(cls, kind: str, *, by: "User | None", **what: Any) -> Self:
        """Adds a line; nobody as its moderator means that a rule of the site decided.

        A line about a comment concerns its author and keeps the words as they stand now, unless it is told others:
        whoever changes them first gives those that were. To be called last in a transaction: from here to its end
        everybody else who records waits.
        """
        what = (_about(what["comment"]) if what.get("comment") else {}) | what
        append_only.guard().wait_turn()
        line = cls(kind=kind, moderator=by, is_automatic=by is None, **what)
        line.moderator_key, line.person_key = line.moderator_id, line.person_id
        line._follow(cls.objects.order_by("-pk").only("seal").first())
        line.save(force_insert=True)
        return line

    def _follow(self, previous: "ModerationAction | None") -> None:
        self.previous = previous
        self.seal = chain.seal(self, previous.seal if previous else "")


def _about(comment: "Comment") -> dict[str, Any]:
    """Its author, and its words as they are in the database: they may have changed since it was read."""
    words = type(comment).objects.values_list("body", flat=True).get(pk=comment.pk)
    return {"person": comment.author, "words": words}
