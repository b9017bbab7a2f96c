"""A rule without a position stands last. The rule itself
sees to it: nothing changes in the database.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0020_notice_category")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="rule",
                    name="position",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Rules are tried by their number, the lowest first. "
                        "Leave it empty to put the rule last.",
                        verbose_name="position",
                    ),
                )
            ]
        )
    ]
