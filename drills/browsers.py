import sys

from drills.outcome import Outcome
from tests.other_browsers.__main__ import walks

GOAL = "no walk fails"


def every_walk() -> Outcome:
    """Walk through the site in the browsers that the suite does not use."""
    results = list(walks())
    failed = [result for result in results if result.error]
    for result in failed:
        sys.stderr.write(f"{result.label}: {result.error}\n")
    return Outcome(f"{len(results)} walks, {len(failed)} failed", bool(results) and not failed)
