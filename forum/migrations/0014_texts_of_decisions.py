"""The text of a line of the log gets a row of its own, and the log is sealed anew, once."""

import secrets
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Min, Q

from forum.log import append_only, chain

BATCH = 1000
NUMBERS = ("comment", "discussion")
SEALED = ["comment_key", "discussion_key", "text_digest", "seal"]


def move_texts_and_seal_anew(apps: Any, schema_editor: Any) -> None:
    lines = apps.get_model("forum", "ModerationAction").objects.order_by("pk")
    texts = apps.get_model("forum", "DecisionText").objects
    last, seal = 0, ""
    while batch := list(lines.filter(pk__gt=last)[:BATCH]):
        texts.bulk_create([_text(texts.model, line) for line in batch if line.words or line.note])
        for line in batch:
            line.words = line.note = ""  # the seal covers their digest
            line.seal = seal = chain.seal(line, seal)
            last = line.pk
        lines.model.objects.bulk_update(batch, SEALED)
    # No table is changed while checks of its rows wait
    schema_editor.connection.check_constraints()


def _text(model: Any, line: Any) -> Any:
    salt = secrets.token_hex(16)
    line.text_digest = chain.digest(salt, words=line.words, note=line.note)
    return model(action=line, words=line.words, note=line.note, salt=salt)


def number_what_lines_are_about(apps: Any, schema_editor: Any) -> None:
    lines = apps.get_model("forum", "ModerationAction").objects
    lines.update(**{f"{name}_key": models.F(f"{name}_id") for name in NUMBERS})


def put_texts_back(apps: Any, schema_editor: Any) -> None:
    lines = apps.get_model("forum", "ModerationAction").objects
    for text in apps.get_model("forum", "DecisionText").objects.iterator():
        lines.filter(pk=text.pk).update(words=text.words, note=text.note)
    schema_editor.connection.check_constraints()


def merge_moderators_named_twice(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("forum", "Moderator").objects
    first = rows.order_by().values("person", "topic").annotate(first=Min("pk")).values("first")
    rows.exclude(pk__in=list(first.values_list("first", flat=True))).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0013_order_by_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(append_only.uninstall, append_only.install),
        migrations.CreateModel(
            name="DecisionText",
            fields=[
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="forum.moderationaction",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="text")),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                ("salt", models.CharField(editable=False, max_length=32)),
            ],
            options={
                "verbose_name": "text of a decision",
                "verbose_name_plural": "texts of decisions",
                "ordering": ["-action"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="moderationaction", name="moderation_action_has_an_object"
        ),
        migrations.AddField(
            model_name="moderationaction",
            name="comment_key",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="moderationaction",
            name="discussion_key",
            field=models.PositiveBigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="moderationaction",
            name="text_digest",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="moderationaction",
            name="comment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="moderation_actions",
                to="forum.comment",
            ),
        ),
        migrations.AlterField(
            model_name="moderationaction",
            name="discussion",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="moderation_actions",
                to="forum.discussion",
            ),
        ),
        migrations.RunPython(number_what_lines_are_about, migrations.RunPython.noop),
        migrations.RunPython(move_texts_and_seal_anew, put_texts_back),
        migrations.RemoveField(model_name="moderationaction", name="note"),
        migrations.RemoveField(model_name="moderationaction", name="words"),
        migrations.AddConstraint(
            model_name="moderationaction",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("comment_key__isnull", False),
                    ("discussion_key__isnull", False),
                    ("person_key__isnull", False),
                    _connector="OR",
                ),
                name="moderation_action_has_an_object",
            ),
        ),
        migrations.RunPython(append_only.install, append_only.uninstall),
        migrations.RunPython(merge_moderators_named_twice, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="moderator", name="moderator_once_per_topic"),
        migrations.AddConstraint(
            model_name="moderator",
            constraint=models.UniqueConstraint(
                fields=("person", "topic"), name="moderator_once_per_topic"
            ),
        ),
        migrations.AddConstraint(
            model_name="moderator",
            constraint=models.UniqueConstraint(
                condition=Q(("topic", None)), fields=("person",), name="moderator_once_of_the_site"
            ),
        ),
    ]
