"""Rows of a new site, for the migrations that write them.

They are stored in English, and translated where they are shown.
"""

from typing import Any

from django.utils.translation import gettext_noop as _

# Only rules that well-meaning readers never trigger are active.
RULES: list[dict[str, Any]] = [
    {
        "name": _("Repeated comments"),
        "check_kind": "repetition",
        "verdict": "refuse",
        "explanation": _("You have posted this comment before. Post it once, where it belongs."),
        "is_on": True,
    },
    {
        "name": _("Many links"),
        "check_kind": "links",
        "number": 6,
        "verdict": "hold",
        "explanation": _("Comments with many links are reviewed before they appear."),
        "is_on": True,
    },
    {
        "name": _("Looks like spam"),
        "check_kind": "spam",
        "number": 90,
        "verdict": "hold",
        "explanation": _("Comments that look like advertising are reviewed before they appear."),
        "is_on": True,
    },
    {
        "name": _("Blocked domains"),
        "check_kind": "domains",
        "words": "casino.example\npills.example",
        "verdict": "refuse",
        "explanation": _("Links to this address are not allowed here."),
    },
    {
        "name": _("Words to review"),
        "check_kind": "words",
        "words": "online casino\nbuy followers\ncrypto investment",
        "verdict": "hold",
        "explanation": _("Comments with certain words are reviewed before they appear."),
    },
    {
        "name": _("Many comments at once"),
        "check_kind": "speed",
        "number": 10,
        "verdict": "hold",
        "explanation": _(
            "If you post many comments within ten minutes, they are reviewed before they appear."
        ),
    },
    {
        "name": _("All in capitals"),
        "check_kind": "capitals",
        "number": 40,
        "verdict": "refuse",
        "explanation": _("Text in capitals reads like shouting. Please use small letters."),
    },
    {
        "name": _("New accounts"),
        "check_kind": "new_account",
        "number": 1,
        "verdict": "hold",
        "explanation": _("Comments by new accounts are reviewed before they appear."),
    },
    {
        "name": _("First comments"),
        "check_kind": "first",
        "verdict": "hold",
        "explanation": _("Your first comment is reviewed before it appears."),
    },
]

# What a reader can choose from on the first day. Publishers reword, order and
# switch off; nothing looks a line up by its name.
REASONS = [
    (_("Spam"), "spam"),
    (_("Unkind or threatening"), "unkind"),
    (_("Off topic"), "off_topic"),
    (_("Wrong fact"), "other"),
    (_("Private information"), "private"),
    (_("Illegal content"), "illegal"),
    (_("I just disagree"), ""),
    (_("Something else"), "other"),
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
