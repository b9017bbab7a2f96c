from typing import Any

from django.db import migrations

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


def offer_reasons(apps: Any, schema_editor: Any) -> None:
    reasons = apps.get_model("forum", "FlagReason").objects
    if not reasons.exists():
        for position, (name, reason) in enumerate(REASONS, start=1):
            reasons.create(name=name, reason=reason, position=position)


class Migration(migrations.Migration):
    dependencies = [("forum", "0006_rules")]

    operations = [migrations.RunPython(offer_reasons, migrations.RunPython.noop)]
