"""The rules of a new site."""

from django.db import migrations

from forum.migrations._first_rows import add_rules


class Migration(migrations.Migration):
    dependencies = [("forum", "0005_moderation")]

    operations = [migrations.RunPython(add_rules, migrations.RunPython.noop)]
