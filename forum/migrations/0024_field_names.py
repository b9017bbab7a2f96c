"""Rename fields. The columns, indexes and constraints of the database stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_bound_signs"),
        ("forum", "0023_plain_words"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelOptions(
                    name="revision",
                    options={
                        "ordering": ["comment", "version"],
                        "verbose_name": "revision",
                        "verbose_name_plural": "revisions",
                    },
                ),
                migrations.RemoveConstraint(
                    model_name="comment",
                    name="comment_key_once_per_author",
                ),
                migrations.RemoveConstraint(
                    model_name="comment",
                    name="comment_key_once_without_author",
                ),
                migrations.RemoveConstraint(
                    model_name="revision",
                    name="revision_once_per_edition",
                ),
                migrations.RemoveIndex(
                    model_name="comment",
                    name="comment_heads_by_rank",
                ),
                migrations.RemoveIndex(
                    model_name="comment",
                    name="comment_heads_by_answer",
                ),
                migrations.RemoveIndex(
                    model_name="comment",
                    name="comment_thread",
                ),
                migrations.RemoveIndex(
                    model_name="comment",
                    name="comment_siblings",
                ),
                migrations.RemoveIndex(
                    model_name="comment",
                    name="comment_to_settle",
                ),
                migrations.RemoveIndex(
                    model_name="comment",
                    name="comment_heads_by_time",
                ),
                migrations.AlterField(
                    model_name="comment",
                    name="lineage",
                    field=models.JSONField(db_column="lineage", default=list, editable=False),
                ),
                migrations.RenameField(
                    model_name="comment",
                    old_name="lineage",
                    new_name="ancestor_ids",
                ),
                migrations.AlterField(
                    model_name="comment",
                    name="key",
                    field=models.CharField(db_column="key", editable=False, max_length=64),
                ),
                migrations.RenameField(
                    model_name="comment",
                    old_name="key",
                    new_name="idempotency_key",
                ),
                migrations.AlterField(
                    model_name="comment",
                    name="has_place",
                    field=models.BooleanField(db_column="has_place", default=True, editable=False),
                ),
                migrations.RenameField(
                    model_name="comment",
                    old_name="has_place",
                    new_name="is_listed",
                ),
                migrations.AlterField(
                    model_name="comment",
                    name="answered",
                    field=models.PositiveBigIntegerField(
                        db_column="answered", editable=False, null=True
                    ),
                ),
                migrations.RenameField(
                    model_name="comment",
                    old_name="answered",
                    new_name="latest_author_reply",
                ),
                migrations.AlterField(
                    model_name="comment",
                    name="place",
                    field=models.PositiveIntegerField(db_column="place", default=0, editable=False),
                ),
                migrations.RenameField(
                    model_name="comment",
                    old_name="place",
                    new_name="reply_number",
                ),
                migrations.AlterField(
                    model_name="comment",
                    name="settled_at",
                    field=models.DateTimeField(
                        db_column="settled_at", editable=False, null=True, verbose_name="done"
                    ),
                ),
                migrations.RenameField(
                    model_name="comment",
                    old_name="settled_at",
                    new_name="resolved_at",
                ),
                migrations.AlterField(
                    model_name="comment",
                    name="sibling",
                    field=models.PositiveIntegerField(
                        db_column="sibling", default=0, editable=False
                    ),
                ),
                migrations.RenameField(
                    model_name="comment",
                    old_name="sibling",
                    new_name="sibling_number",
                ),
                migrations.AlterField(
                    model_name="comment",
                    name="edition",
                    field=models.PositiveIntegerField(
                        db_column="edition", default=1, editable=False
                    ),
                ),
                migrations.RenameField(
                    model_name="comment",
                    old_name="edition",
                    new_name="version",
                ),
                migrations.AlterField(
                    model_name="revision",
                    name="edition",
                    field=models.PositiveIntegerField(db_column="edition"),
                ),
                migrations.RenameField(
                    model_name="revision",
                    old_name="edition",
                    new_name="version",
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(
                        condition=models.Q(("is_listed", True), ("parent__isnull", True)),
                        fields=["discussion", "created_at", "id"],
                        name="comment_heads_by_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(
                        condition=models.Q(("is_listed", True), ("parent__isnull", True)),
                        fields=["discussion", "rank", "id"],
                        name="comment_heads_by_rank",
                    ),
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(
                        condition=models.Q(("latest_author_reply__isnull", False)),
                        fields=["discussion", "latest_author_reply"],
                        name="comment_heads_by_answer",
                    ),
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(
                        condition=models.Q(("root__isnull", False)),
                        fields=["root", "reply_number"],
                        name="comment_thread",
                    ),
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(
                        condition=models.Q(("parent__isnull", False)),
                        fields=["parent", "sibling_number"],
                        name="comment_siblings",
                    ),
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(
                        condition=models.Q(("kind__isnull", False), ("resolved_at__isnull", True)),
                        fields=["kind", "id"],
                        name="comment_to_settle",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.UniqueConstraint(
                        fields=("discussion", "author", "idempotency_key"),
                        name="comment_key_once_per_author",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("author", None)),
                        fields=("discussion", "idempotency_key"),
                        name="comment_key_once_without_author",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="revision",
                    constraint=models.UniqueConstraint(
                        fields=("comment", "version"), name="revision_once_per_edition"
                    ),
                ),
            ]
        )
    ]
