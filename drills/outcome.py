from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """The figure that a drill measured; `is_met` is True if it meets the goal."""

    figure: str
    is_met: bool
