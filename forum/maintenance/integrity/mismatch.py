from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.utils.text import Truncator

SHOWN = 80  # characters of a value


@dataclass(frozen=True)
class Mismatch:
    """A stored value that differs from what it is computed from."""

    where: str
    what: str
    found: Any
    right: Any
    # None: the right value is not known, or must not be written.
    repair: Callable[[], object] | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.what} is {_shown(self.found)}, should be {_shown(self.right)}"


def differences(
    where: str, model: type[models.Model], pk: int, found: dict[str, Any], right: dict[str, Any]
) -> list[Mismatch]:
    """Return a mismatch for each column of a row with another value than the right one."""
    return [
        Mismatch(where, name, found[name], value, partial(put, model, pk, **{name: value}))
        for name, value in right.items()
        if found[name] != value
    ]


def put(model: type[models.Model], pk: int, **values: Any) -> None:
    model._base_manager.filter(pk=pk).update(**values)


def _shown(value: Any) -> str:
    return Truncator(str(value).replace("\n", " ")).chars(SHOWN)
