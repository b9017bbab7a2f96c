"""The page of an export that people read: one file, without scripts, which opens from a disk."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from privacy.records import Records, Row

ROW = "<dl>{}</dl>\n"
PAIR = "<div><dt>{}</dt><dd>{}</dd></div>"


def page(tables: list[Records], context: dict[str, Any]) -> Iterator[str]:
    """Yield the page in parts, because all of it may not fit in memory."""
    yield render_to_string("privacy/export/start.html", context)
    heading = None
    for table in tables:
        for part in _table(table):
            if heading is not table.section:
                yield format_html("<h2>{}</h2>\n", table.section.heading)
                heading = table.section
            yield part
    yield render_to_string("privacy/export/end.html", context)


def _table(table: Records) -> Iterator[str]:
    """Yield a heading and the rows, or nothing for an empty table."""
    columns = {column.name: column for column in table.columns}
    heading = format_html_join("", "{}<br>", ((note.what,) for note in table.notes))
    for number, row in enumerate(table):
        if number == 0:
            yield format_html("<h3>{}</h3>\n", heading)
        yield _row(row, columns)


def _row(row: Row, columns: dict[str, Any]) -> str:
    pairs = (
        (_label(name, columns), _shown(value, columns.get(name))) for name, value in row.items()
    )
    return format_html(ROW, format_html_join("", PAIR, (pair for pair in pairs if pair[1])))


def _label(name: str, columns: dict[str, Any]) -> str:
    own = {"id": _("number"), "address": _("address"), "replies": _("replies")}
    return capfirst(str(columns[name].verbose_name if name in columns else own[name]))


def _shown(value: Any, column: Any = None) -> str:
    """Return a value as people read it; "" for what is empty."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, list):
        return format_html_join(", ", "{}", ((_shown(each),) for each in value))
    if isinstance(value, str) and value.startswith(("http://", "https://")):
        return format_html('<a href="{}">{}</a>', value, value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    choices = dict(column.flatchoices) if column is not None else {}
    return str(choices.get(value, value))
