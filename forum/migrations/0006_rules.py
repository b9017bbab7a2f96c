"""The rules a site begins with. On are only those that a reader who means well never meets."""

from typing import Any

from django.db import migrations

RULES: list[dict[str, Any]] = [
    {
        "name": "The same words again",
        "check_kind": "repetition",
        "verdict": "refuse",
        "explanation": "You have said the same here before. Say it once, where it belongs.",
        "is_on": True,
    },
    {
        "name": "Many links",
        "check_kind": "links",
        "number": 6,
        "verdict": "hold",
        "explanation": "Comments with many links are looked at before they show.",
        "is_on": True,
    },
    {
        "name": "Looks like spam",
        "check_kind": "spam",
        "number": 90,
        "verdict": "hold",
        "explanation": "Comments that read like advertising are looked at before they show.",
        "is_on": True,
    },
    {
        "name": "Domains we have had trouble with",
        "check_kind": "domains",
        "words": "casino.example\npills.example",
        "verdict": "refuse",
        "explanation": "We do not take links to this address.",
    },
    {
        "name": "Words to be looked at",
        "check_kind": "words",
        "words": "online casino\nbuy followers\ncrypto investment",
        "verdict": "hold",
        "explanation": "Comments with some words are looked at before they show.",
    },
    {
        "name": "Very many at once",
        "check_kind": "speed",
        "number": 10,
        "verdict": "hold",
        "explanation": "Many comments within ten minutes are looked at before they show.",
    },
    {
        "name": "All in capitals",
        "check_kind": "capitals",
        "number": 40,
        "verdict": "refuse",
        "explanation": "Capitals are read as shouting. Write it in small letters, please.",
    },
    {
        "name": "New accounts",
        "check_kind": "new_account",
        "number": 1,
        "verdict": "hold",
        "explanation": "Comments by people who are new here are looked at before they show.",
    },
    {
        "name": "The first comment",
        "check_kind": "first",
        "verdict": "hold",
        "explanation": "The first comment of each person is looked at before it shows.",
    },
]


def add_rules(apps: Any, schema_editor: Any) -> None:
    rules = apps.get_model("forum", "Rule").objects
    if not rules.exists():
        for number, rule in enumerate(RULES, 1):
            rules.create(position=10 * number, **rule)


class Migration(migrations.Migration):
    dependencies = [("forum", "0005_moderation")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
