"""Fields of models: an email address, and a count of other rows."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from text.email_addresses import NotAnAddress, canonical_address


class CanonicalEmailField(models.EmailField):
    """Hold one spelling for one address, and look for it, whoever asks: page, admin or command."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            return canonical_address(text) if text else text
        except NotAnAddress as refused:
            raise ValidationError(refused.message, "invalid") from refused

    def get_prep_value(self, value: Any) -> Any:
        text = models.Field.get_prep_value(
            self, value
        )  # past to_python: what is looked for may be no address
        return known_spelling(text) if isinstance(text, str) else text

    def deconstruct(self) -> Any:
        """Return Django's own field: the column is the same."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs


class CountField(models.PositiveIntegerField):
    """A count of other rows, which is changed with them by an UPDATE.

    Saving the whole row leaves the count as the database has it: the object may be older.
    """

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return self.get_default() if add else F(self.attname)

    def deconstruct(self) -> Any:
        """Return Django's own field: the column is the same."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", args, kwargs


def known_spelling(text: str) -> str:
    """Return the canonical address, or the text in lower case, which an old row may have."""
    try:
        return canonical_address(text)
    except NotAnAddress:
        return text.lower()
