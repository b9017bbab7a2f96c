from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds of decisions. The values are stored, and sealed in the log."""

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
    UNPICK = "unpick", _("removed a pick")
    SPLIT = "split", _("moved a comment to a new thread")
    JOIN = "join", _("moved a comment back to its thread")
    CLOSE = "close", _("closed a discussion")
    REOPEN = "reopen", _("reopened a discussion")
    SLOW = "slow", _("slowed a discussion")
    WARN = "warn", _("warned a person")
    SILENCE = "silence", _("silenced a person")
    SUSPEND = "suspend", _("suspended a person")
    BAN = "ban", _("banned a person")
    LIFT = "lift", _("lifted a sanction against a person")
    UPHOLD = "uphold", _("upheld an objection")
    REJECT = "reject", _("rejected an objection")
