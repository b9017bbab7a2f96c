"""Tests that take a part of their inputs in the suite: a drill takes all (tests/drilled.py)."""

from drills.outcome import Outcome
from drills.pytest_run import run_on_both, run_tests

GOAL = "all pass"


def every_screen() -> Outcome:
    """Ask axe on all screens, of which the suite has one: tests/browser/screens.py."""
    return run_tests("-m", "axe")


def every_hostile_text() -> Outcome:
    return run_on_both("tests/test_hostile_input.py")


def stopped_tests() -> Outcome:
    return run_tests("tests/config/test_stop_of_tests.py")


def a_thousand_strangers() -> Outcome:
    return run_on_both("tests/accounts", "-k", "strangers_the_owner_gets_in")
