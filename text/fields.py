"""Fields for text that somebody types: something of it has to show."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from text.marks import has_excess_marks
from text.visible import is_blank


def validate_shown(text: str) -> None:
    """Refuse what nobody could read: nothing that shows, or marks that climb into other lines."""
    if is_blank(text):
        raise ValidationError(
            _(
                "This text would be invisible. Write something with letters or other visible "
                "characters."
            ),
            "blank",
        )
    if has_excess_marks(text):
        raise ValidationError(_("Too many accents on one letter. Remove some."), "marks")


class ShownTextField(forms.CharField):
    """A CharField that takes what shows nothing for empty, with the same words."""

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value) or "")
        return "" if is_blank(text) else text

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            validate_shown(value)
