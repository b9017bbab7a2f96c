"""The second template language, for the one loop that prints many
comments: it takes a tenth of the time there.
"""

from typing import Any

from django.utils.translation import gettext, ngettext
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    # Django's options escape.
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701
    made.add_extension("jinja2.ext.i18n")
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made
