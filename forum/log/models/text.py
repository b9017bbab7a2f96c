import secrets
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.log import chain

NOTE_MAX_LENGTH = 1000
SALT_BYTES = 16


class DecisionText(models.Model):
    """The text of one entry of the log: the comment's text and the moderator's note.

    It is a row of its own so that it can be erased. The entry stores a salted digest; the salt
    goes with the text, and then nothing can be learnt from the digest.
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
        """Return an unsaved text; None if there is nothing to store."""
        salt = secrets.token_hex(SALT_BYTES)
        return cls(words=words, note=note, salt=salt) if words or note else None

    @property
    def digest(self) -> str:
        return chain.digest(self.salt, words=self.words, note=self.note)
