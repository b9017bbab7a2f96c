from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make_table(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", "limits", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    """The table of the default cache: counts of attempts, the same for every worker."""

    operations = [
        migrations.RunPython(make_table, migrations.RunPython.noop),
    ]
