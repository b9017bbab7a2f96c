from django.db import migrations

from forum.migrations._first_rows import offer_reasons


class Migration(migrations.Migration):
    dependencies = [("forum", "0006_rules")]

    operations = [migrations.RunPython(offer_reasons, migrations.RunPython.noop)]
