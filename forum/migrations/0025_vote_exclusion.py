"""Rename a field. Its column stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0024_field_names")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="vote",
                    name="left_out",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("ring", "People who vote for each other"),
                            ("burst", "Many new accounts at once"),
                        ],
                        db_column="left_out",
                        max_length=5,
                    ),
                ),
                migrations.RenameField(
                    model_name="vote", old_name="left_out", new_name="excluded_because"
                ),
            ]
        )
    ]
