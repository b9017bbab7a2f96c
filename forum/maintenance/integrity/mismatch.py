from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models
from django.utils.text import Truncator

SHOWN = 80  # characters of a value


@dataclass(frozen=True)
class Drift:
    """Something kept says other than what it was made from."""

    where: str
    what: str
    found: Any
    right: Any
    mend: Callable[[], object] | None = (
        None  # nothing: what is right is not to be known, or not to be written
    )

    def __str__(self) -> str:
        return f"{self.where}: {self.what} is {_shown(self.found)}, should be {_shown(self.right)}"


def differing(
    where: str, model: type[models.Model], pk: int, found: dict[str, Any], right: dict[str, Any]
) -> list[Drift]:
    """One for each column of a row that says other than it should."""
    return [
        Drift(where, name, found[name], value, partial(put, model, pk, **{name: value}))
        for name, value in right.items()
        if found[name] != value
    ]


def put(model: type[models.Model], pk: int, **values: Any) -> None:
    model._base_manager.filter(pk=pk).update(**values)


def _shown(value: Any) -> str:
    return Truncator(str(value).replace("\n", " ")).chars(SHOWN)
