"""Notes on what this package stores of people (docs/privacy.md): nothing."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Site")

NOTES: list[dict[str, Any]] = []

OF_NOBODY = {
    "publication.Publication": (
        "name line contact accent accent_dark lead lead_html signup refused_domains asks_terms "
        "refuses_training is_begun"
    ),
    "publication.PageVersion": "name number text html published_at",
}
