from typing import Any

from django.db import migrations


def mark(apps: Any, _: Any) -> None:
    """Nobody has more than some hundred moderators: one short statement."""
    moderators = apps.get_model("forum", "Moderator").objects.order_by().values("person")
    apps.get_model("accounts", "User").objects.filter(pk__in=moderators).update(is_moderator=True)


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0016_visible_text_and_second_conditions"),
        ("accounts", "0005_is_moderator"),
    ]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
