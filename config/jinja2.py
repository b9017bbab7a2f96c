"""Jinja2 for the HTML of comments: 58 uncached ones take 5.5 ms, with Django templates 14.8 ms."""

from typing import Any

from django.utils.translation import gettext, ngettext
from jinja2 import Environment


def environment(**options: Any) -> Environment:
    # Django's options escape.
    made = Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701
    made.add_extension("jinja2.ext.i18n")
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made
