"""The form field of an uploaded picture."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from images.recode import MAX_BYTES, Copy, PictureRefused, recode


class PictureField(forms.FileField):
    """A picture of at most 5 MB and 40 million pixels; its cleaned value is the list of copies."""

    widget = forms.FileInput(
        attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}
    )

    def __init__(self, *, widths: Sequence[int], square: bool = False, **options: Any) -> None:
        self.widths = widths
        self.square = square
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Copy] | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            # One byte more than is allowed: enough for the refusal, whatever size was declared.
            return recode(upload.read(MAX_BYTES + 1), widths=self.widths, square=self.square)
        except PictureRefused as refusal:
            raise ValidationError(refusal.message, code=refusal.reason) from None
