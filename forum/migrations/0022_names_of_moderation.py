"""Give models and fields plainer names; tables, columns, indexes and constraints stay."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0021_rules_stand_last")]

    operations = [
        # The table keeps its name, so RenameModel renames the content type alone.
        migrations.AlterModelTable("trace", "forum_trace"),
        migrations.RenameModel("Trace", "NetworkTrace"),
        migrations.AlterModelTable("takedownline", "forum_takedownline"),
        migrations.RenameModel("TakedownLine", "TakedownRemoval"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelOptions(
                    name="networktrace",
                    options={
                        "ordering": ["-pk"],
                        "verbose_name": "network trace",
                        "verbose_name_plural": "network traces",
                    },
                ),
                migrations.RemoveConstraint("networktrace", "trace_once_per_place"),
                migrations.RemoveIndex("networktrace", "trace_of_place"),
                migrations.RenameField("networktrace", "place", "network"),
                migrations.AlterField(
                    model_name="networktrace",
                    name="network",
                    field=models.CharField(db_column="place", max_length=64),
                ),
                migrations.AddIndex(
                    model_name="networktrace",
                    index=models.Index(fields=["network", "banned_until"], name="trace_of_place"),
                ),
                migrations.AddConstraint(
                    model_name="networktrace",
                    constraint=models.UniqueConstraint(
                        fields=("person", "network"), name="trace_once_per_place"
                    ),
                ),
                migrations.AlterField(
                    model_name="takedownremoval",
                    name="takedown",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="removals",
                        to="forum.takedown",
                    ),
                ),
                migrations.AlterField(
                    model_name="takedownremoval",
                    name="action",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="takedown_removal",
                        to="forum.moderationaction",
                    ),
                ),
                migrations.RenameField("split", "places", "reply_numbers"),
                migrations.AlterField(
                    model_name="split",
                    name="reply_numbers",
                    field=models.JSONField(db_column="places"),
                ),
                migrations.RenameField("notice", "place", "url"),
                migrations.AlterField(
                    model_name="notice",
                    name="url",
                    field=models.CharField(
                        db_column="place", max_length=500, verbose_name="address of the content"
                    ),
                ),
            ]
        ),
    ]
