from drills.outcome import Outcome
from drills.pytest_run import run_tests

GOAL = "all pass"


def every_screen() -> Outcome:
    """Run the tests with axe on the screens of which the suite has one: tests/browser/axe.py."""
    return run_tests("-m", "axe", AXE_SCREENS="all")
