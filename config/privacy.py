"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("This site")

NOTES: list[dict[str, Any]] = []

OF_NOBODY = {"config.PolicyViolation": "day directive origin times"}
