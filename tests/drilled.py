"""Tests that take a part of their inputs in the suite, and all of them in a drill."""

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
IS_DRILL = os.environ.get("PARLEY_DRILL") == "1"


def part(inputs: Sequence[T], *, one_in: int, first: int = 0) -> Sequence[T]:
    """Return every `one_in`-th input, beginning with the `first`; in a drill, return all."""
    return inputs if IS_DRILL else inputs[first % one_in :: one_in]
