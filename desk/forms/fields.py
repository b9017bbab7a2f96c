from typing import Any

from django import forms


class LinesField(forms.CharField):
    """A text of several lines, which browsers send with the line ends of a network protocol."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")
