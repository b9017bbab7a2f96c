"""The rule that decides about a comment. Pure."""

from collections.abc import Iterable
from typing import TypeVar

from forum.screening.checks import CHECKS, Rule
from forum.screening.facts import Facts

AnyRule = TypeVar("AnyRule", bound=Rule)

PASS = "pass"  # noqa: S105 - a word of the rules


def screen(facts: Facts, rules: Iterable[AnyRule]) -> AnyRule | None:
    """Return the first rule that applies; None if the comment may show."""
    for rule in rules:
        if applies(facts, rule):
            return None if rule.verdict == PASS else rule
    return None


def applies(facts: Facts, rule: Rule) -> bool:
    if rule.trusts and facts.is_trusted and rule.verdict != PASS:
        return False
    return all(CHECKS[condition.check_kind](facts, condition) for condition in rule.conditions)
