"""Foreign keys to rows that do not exist: possible where the checks of the database were off."""

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from django.apps import apps
from django.db.models import SET_NULL, Exists, ForeignKey, OuterRef

from forum.log.models.action import ModerationAction
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, put

MOST_SHOWN = 1000  # of one reference


@cache
def references() -> list[Any]:
    """Return every foreign key of every installed application."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    fields = [
        field
        for model in models
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey)
    ]
    return [field for field in fields if not field.model._meta.proxy]


def number() -> int:
    return len(references())


def find(keys: Range) -> Iterator[Mismatch]:
    for field in references()[keys[0] - 1 : keys[1]]:
        yield from _orphans(field)


def _orphans(field: Any) -> Iterator[Mismatch]:
    name, target = field.attname, field.target_field
    there = target.model._base_manager.filter(**{target.attname: OuterRef(name)})
    pointing = field.model._base_manager.filter(**{f"{name}__isnull": False}).order_by()
    for pk, found in pointing.filter(~Exists(there)).values_list("pk", name)[:MOST_SHOWN]:
        is_free = field.remote_field.on_delete is SET_NULL and field.model is not ModerationAction
        repair = partial(put, field.model, pk, **{name: None}) if is_free else None
        yield Mismatch(
            f"{field.model._meta.verbose_name} {pk}",
            field.name,
            found,
            "something that is there",
            repair,
        )
