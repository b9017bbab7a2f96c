"""A rule of tests."""

from typing import Any

from forum.models import Rule


def rule(verdict: str = "hold", **fields: Any) -> Rule:
    fields = {
        "check_kind": "words",
        "words": "canary-7f3a",
        "explanation": "No canaries.",
        **fields,
    }
    return Rule.objects.create(name="Birds", verdict=verdict, is_on=True, **fields)
