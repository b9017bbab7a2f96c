"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Site")

NOTES: list[dict[str, Any]] = [
    {
        "model": "publication.Publication",
        "owner": "",
        "columns": "contact",
        "what": _("The contact address of the site"),
        "why": _("Readers write to it."),
        "until": _("Until an administrator changes it."),
    },
]

OF_NOBODY = {
    "publication.Publication": (
        "name line accent accent_dark lead lead_html signup refused_domains asks_terms "
        "refuses_training is_begun"
    ),
    "publication.PageVersion": "name number text html published_at",
}
