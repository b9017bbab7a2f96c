import secrets
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.log import chain

NOTE_MAX_LENGTH = 1000
SALT_BYTES = 16


class DecisionText(models.Model):
    """The text of one line of the log: the words it is about, and the moderator's note.

    It stands beside the line so that it can be erased: the line keeps a digest of it, and without
    the salt, which goes with the text, nothing can be learnt from that.
    """

    action = models.OneToOneField(
        "forum.ModerationAction", models.CASCADE, primary_key=True, related_name="text"
    )
    words = models.TextField(_("text"), blank=True)  # of the comment, as it was
    note = models.TextField(_("note"), max_length=NOTE_MAX_LENGTH, blank=True)
    salt = models.CharField(max_length=2 * SALT_BYTES, editable=False)

    class Meta:
        verbose_name = _("text of a decision")
        verbose_name_plural = _("texts of decisions")
        ordering = ["-action"]

    def __str__(self) -> str:
        return self.note or self.words

    @classmethod
    def of(cls, *, words: str, note: str) -> Self | None:
        """Return the text, not saved yet; None where there is none."""
        salt = secrets.token_hex(SALT_BYTES)
        return cls(words=words, note=note, salt=salt) if words or note else None

    @property
    def digest(self) -> str:
        return chain.digest(self.salt, words=self.words, note=self.note)
