"""Notes on what this package stores (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Search")

NOTES: list[dict[str, Any]] = []

# Words of all texts, each by itself: none says who wrote it, or where.
OF_NOBODY = {
    "search.KnownWord": "word count",
    "search.WordTrigram": "word trigram",
    "search.Progress": "articles_until comments_until checked_until checked_at",
}
