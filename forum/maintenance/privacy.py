"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Sample content")

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.Sample",
        "owner": "person",
        "columns": "person",
        "what": _("That an account came with the sample articles"),
        "why": _("The samples can be removed."),
        "until": _("Until the samples are removed, or the account is deleted."),
    },
]

OF_NOBODY = {"forum.Sample": "article topic"}
