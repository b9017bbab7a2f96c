"""Rows of a new site, for the migrations that write them."""

from typing import Any

# Only rules that well-meaning readers never trigger are active.
RULES: list[dict[str, Any]] = [
    {
        "name": "Repeated comments",
        "check_kind": "repetition",
        "verdict": "refuse",
        "explanation": "You have posted this comment before. Post it once, where it belongs.",
        "is_on": True,
    },
    {
        "name": "Many links",
        "check_kind": "links",
        "number": 6,
        "verdict": "hold",
        "explanation": "Comments with many links are reviewed before they appear.",
        "is_on": True,
    },
    {
        "name": "Looks like spam",
        "check_kind": "spam",
        "number": 90,
        "verdict": "hold",
        "explanation": "Comments that look like advertising are reviewed before they appear.",
        "is_on": True,
    },
    {
        "name": "Blocked domains",
        "check_kind": "domains",
        "words": "casino.example\npills.example",
        "verdict": "refuse",
        "explanation": "Links to this address are not allowed here.",
    },
    {
        "name": "Words to review",
        "check_kind": "words",
        "words": "online casino\nbuy followers\ncrypto investment",
        "verdict": "hold",
        "explanation": "Comments with certain words are reviewed before they appear.",
    },
    {
        "name": "Many comments at once",
        "check_kind": "speed",
        "number": 10,
        "verdict": "hold",
        "explanation": "If you post many comments within ten minutes, "
        "they are reviewed before they appear.",
    },
    {
        "name": "All in capitals",
        "check_kind": "capitals",
        "number": 40,
        "verdict": "refuse",
        "explanation": "Text in capitals reads like shouting. Please use small letters.",
    },
    {
        "name": "New accounts",
        "check_kind": "new_account",
        "number": 1,
        "verdict": "hold",
        "explanation": "Comments by new accounts are reviewed before they appear.",
    },
    {
        "name": "First comments",
        "check_kind": "first",
        "verdict": "hold",
        "explanation": "Your first comment is reviewed before it appears.",
    },
]

# What a reader can choose from on the first day. Publishers reword, order and
# switch off; nothing looks a line up by its name.
REASONS = [
    ("Spam", "spam"),
    ("Unkind or threatening", "unkind"),
    ("Off topic", "off_topic"),
    ("Wrong fact", "other"),
    ("Private information", "private"),
    ("Illegal content", "illegal"),
    ("I just disagree", ""),
    ("Something else", "other"),
]


def add_rules(apps: Any, schema_editor: Any) -> None:
    rules = apps.get_model("forum", "Rule").objects
    if not rules.exists():
        for number, rule in enumerate(RULES, 1):
            rules.create(position=10 * number, **rule)


def offer_reasons(apps: Any, schema_editor: Any) -> None:
    reasons = apps.get_model("forum", "FlagReason").objects
    if not reasons.exists():
        for position, (name, reason) in enumerate(REASONS, start=1):
            reasons.create(name=name, reason=reason, position=position)
