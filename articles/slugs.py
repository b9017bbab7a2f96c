"""Slugs: the part of an address that names an article or a topic."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Words that are routes below an article or a topic, or beside one: an
# article "live" would be mistaken for a route.
RESERVED_SLUGS = frozenset(
    """
    comments corrections edit feed follow live moderate new passages people questions revisions
    search topics visit
    """.split()
)


def refuse_reserved_slug(slug: str) -> None:
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is an address that the site itself uses. Choose another one."),
            code="reserved",
            params={"slug": slug},
        )
