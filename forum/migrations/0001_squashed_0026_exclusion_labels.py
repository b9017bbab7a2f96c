import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import text.fields
from forum.log import append_only
from forum.migrations._first_rows import add_rules, offer_reasons


class Migration(migrations.Migration):
    replaces = [
        ("forum", "0001_initial"),
        ("forum", "0002_votes_passages_and_places"),
        ("forum", "0003_places_of_comments"),
        ("forum", "0004_drafts_about_passages"),
        ("forum", "0005_moderation"),
        ("forum", "0006_rules"),
        ("forum", "0007_reasons_to_report"),
        ("forum", "0008_append_only"),
        ("forum", "0009_reading_the_log"),
        ("forum", "0010_links"),
        ("forum", "0011_splits"),
        ("forum", "0012_drafts_without_codes"),
        ("forum", "0013_order_by_time"),
        ("forum", "0014_texts_of_decisions"),
        ("forum", "0015_samples"),
        ("forum", "0016_visible_text_and_second_conditions"),
        ("forum", "0017_mark_moderators"),
        ("forum", "0018_notices"),
        ("forum", "0019_takedowns"),
        ("forum", "0020_notice_category"),
        ("forum", "0021_rules_stand_last"),
        ("forum", "0022_names_of_moderation"),
        ("forum", "0023_plain_words"),
        ("forum", "0024_field_names"),
        ("forum", "0025_vote_exclusion"),
        ("forum", "0026_exclusion_labels"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("articles", "0001_squashed_0008_plain_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Discussion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "comment_count",
                    models.PositiveIntegerField(default=0, editable=False, verbose_name="comments"),
                ),
                ("version", models.PositiveBigIntegerField(default=0, editable=False)),
                (
                    "last_comment_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="last comment",
                    ),
                ),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="discussion",
                        to="articles.article",
                    ),
                ),
                ("passage_counts", models.JSONField(default=dict, editable=False)),
                (
                    "closed_until",
                    models.DateTimeField(blank=True, null=True, verbose_name="closed until"),
                ),
                (
                    "slow_minutes",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="slow mode: minutes between comments"
                    ),
                ),
            ],
            options={
                "verbose_name": "discussion",
                "verbose_name_plural": "discussions",
                "ordering": ["-last_comment_at", "-pk"],
                "indexes": [
                    models.Index(fields=["-last_comment_at", "-id"], name="discussion_latest")
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("depth", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "ancestor_ids",
                    models.JSONField(db_column="lineage", default=list, editable=False),
                ),
                ("reply_count", models.PositiveIntegerField(default=0, editable=False)),
                ("body", models.TextField(max_length=5000, verbose_name="text")),
                ("html", models.TextField(editable=False)),
                (
                    "idempotency_key",
                    models.CharField(db_column="key", editable=False, max_length=64),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("held", "Waiting for a moderator"),
                            ("deleted", "Deleted by the author"),
                            ("removed", "Removed by a moderator"),
                            ("erased", "Deleted by a moderator"),
                        ],
                        default="published",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("status_at", models.DateTimeField(editable=False, null=True)),
                (
                    "removal_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spam", "Spam"),
                            ("unkind", "Unkind or threatening"),
                            ("off_topic", "Off topic"),
                            ("private", "Private information"),
                            ("illegal", "Illegal content"),
                            ("other", "Against the rules of this site"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="written"
                    ),
                ),
                (
                    "edited_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="edited"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="forum.comment",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="thread",
                        to="forum.comment",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="forum.discussion",
                    ),
                ),
                (
                    "latest_author_reply",
                    models.PositiveBigIntegerField(db_column="answered", editable=False, null=True),
                ),
                ("child_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "version",
                    models.PositiveIntegerField(db_column="edition", default=1, editable=False),
                ),
                (
                    "is_listed",
                    models.BooleanField(db_column="has_place", default=True, editable=False),
                ),
                ("helpful", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("question", "Question"), ("correction", "Correction")],
                        editable=False,
                        max_length=10,
                        null=True,
                        verbose_name="kind",
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to="articles.passage",
                    ),
                ),
                ("passage_edition", models.PositiveIntegerField(editable=False, null=True)),
                ("passage_words", models.TextField(blank=True, editable=False)),
                (
                    "reply_number",
                    models.PositiveIntegerField(db_column="place", default=0, editable=False),
                ),
                ("rank", models.IntegerField(default=0, editable=False)),
                ("ranked_helpful", models.PositiveIntegerField(default=0, editable=False)),
                ("ranked_unhelpful", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "resolved_at",
                    models.DateTimeField(
                        db_column="settled_at", editable=False, null=True, verbose_name="done"
                    ),
                ),
                (
                    "sibling_number",
                    models.PositiveIntegerField(db_column="sibling", default=0, editable=False),
                ),
                ("thread_length", models.PositiveIntegerField(default=0, editable=False)),
                ("unhelpful", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "picked_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="picked by an editor"
                    ),
                ),
                ("fingerprint", models.BigIntegerField(editable=False, null=True)),
                ("imported_at", models.DateTimeField(editable=False, null=True)),
                ("visible_text", models.TextField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["status", "-id"], name="comment_by_status"),
                    models.Index(fields=["discussion", "id"], name="comment_latest"),
                    models.Index(
                        condition=models.Q(("kind__isnull", False)),
                        fields=["kind", "id"],
                        name="comment_by_kind",
                    ),
                    models.Index(
                        condition=models.Q(("fingerprint__isnull", False)),
                        fields=["fingerprint", "-id"],
                        name="comment_by_fingerprint",
                    ),
                    models.Index(fields=["discussion", "created_at", "id"], name="comment_by_time"),
                    models.Index(
                        condition=models.Q(("passage__isnull", False)),
                        fields=["passage", "created_at", "id"],
                        name="comment_by_passage_and_time",
                    ),
                    models.Index(
                        fields=["author", "-created_at", "-id"], name="comment_by_author_and_time"
                    ),
                    models.Index(
                        fields=["status", "-created_at", "-id"], name="comment_by_status_and_time"
                    ),
                    models.Index(
                        condition=models.Q(("is_listed", True), ("parent__isnull", True)),
                        fields=["discussion", "created_at", "id"],
                        name="comment_heads_by_time",
                    ),
                    models.Index(
                        condition=models.Q(("is_listed", True), ("parent__isnull", True)),
                        fields=["discussion", "rank", "id"],
                        name="comment_heads_by_rank",
                    ),
                    models.Index(
                        condition=models.Q(("latest_author_reply__isnull", False)),
                        fields=["discussion", "latest_author_reply"],
                        name="comment_heads_by_answer",
                    ),
                    models.Index(
                        condition=models.Q(("root__isnull", False)),
                        fields=["root", "reply_number"],
                        name="comment_thread",
                    ),
                    models.Index(
                        condition=models.Q(("parent__isnull", False)),
                        fields=["parent", "sibling_number"],
                        name="comment_siblings",
                    ),
                    models.Index(
                        condition=models.Q(("kind__isnull", False), ("resolved_at__isnull", True)),
                        fields=["kind", "id"],
                        name="comment_to_settle",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("depth", 0), ("parent", None), ("root", None)),
                            models.Q(
                                ("depth__gt", 0), ("parent__isnull", False), ("root__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="comment_place_in_its_thread",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removal_reason", ""), ("status", "removed"), _connector="OR"
                        ),
                        name="comment_reason_only_when_removed",
                    ),
                    models.UniqueConstraint(
                        fields=("discussion", "author", "idempotency_key"),
                        name="comment_key_once_per_author",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("author", None)),
                        fields=("discussion", "idempotency_key"),
                        name="comment_key_once_without_author",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="discussion",
            name="pinned",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="forum.comment",
            ),
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("holder", models.CharField(max_length=64)),
                ("body", models.TextField()),
                ("key", models.CharField(max_length=64)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="articles.article",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="forum.comment",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="forum.comment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("kind", models.CharField(max_length=10, null=True)),
                (
                    "passage",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.passage",
                    ),
                ),
                ("passage_edition", models.PositiveIntegerField(null=True)),
                ("passage_words", models.TextField(blank=True)),
                ("discarded_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-created_at", "pk"],
                "indexes": [
                    models.Index(fields=["email"], name="draft_by_address"),
                    models.Index(fields=["created_at"], name="draft_by_age"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("holder", "key"), name="draft_key_once_per_holder"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cited",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cited_by",
                        to="forum.comment",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="forum.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ["comment", "cited"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "cited"), name="citation_once_per_comment"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(db_column="edition")),
                ("body", models.TextField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="forum.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["comment", "version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "version"), name="revision_once_per_edition"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seen_before", models.PositiveBigIntegerField(default=0)),
                ("seen", models.PositiveBigIntegerField(default=0)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="forum.discussion",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "discussion"), name="visit_once_per_discussion"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Vote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("value", models.SmallIntegerField(choices=[(1, "Helpful"), (-1, "Not helpful")])),
                (
                    "excluded_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ring", "Mostly for one author, or people who vote for each other"),
                            ("burst", "Many new accounts at once"),
                        ],
                        db_column="left_out",
                        max_length=5,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to="forum.comment",
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vote",
                "verbose_name_plural": "votes",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["voter", "-id"], name="vote_by_voter"),
                    models.Index(fields=["author", "voter", "-id"], name="vote_for_author"),
                    models.Index(fields=["comment", "-id"], name="vote_for_comment"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "voter"), name="vote_once_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__in", [1, -1])), name="vote_is_for_or_against"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="until")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("spam", "Spam"),
                            ("unkind", "Unkind or threatening"),
                            ("off_topic", "Off topic"),
                            ("private", "Private information"),
                            ("illegal", "Illegal content"),
                            ("other", "Against the rules of this site"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="since"
                    ),
                ),
                (
                    "lifted_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="lifted"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sanctions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("silence", "Silence: can read and vote, cannot comment"),
                            ("suspension", "Suspension: can only read"),
                            ("ban", "Ban: can only read, permanently"),
                        ],
                        default="suspension",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "sanction",
                "verbose_name_plural": "sanctions",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["person", "-until"], name="sanction_in_force")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "ban"), ("until", None)),
                            models.Q(
                                models.Q(("kind", "ban"), _negated=True), ("until__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="sanction_ends_unless_a_ban",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FlagReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=60, validators=[text.fields.validate_shown], verbose_name="name"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spam", "Spam"),
                            ("unkind", "Unkind or threatening"),
                            ("off_topic", "Off topic"),
                            ("private", "Private information"),
                            ("illegal", "Illegal content"),
                            ("other", "Against the rules of this site"),
                        ],
                        max_length=12,
                        verbose_name="reason of a removal",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("is_offered", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={
                "verbose_name": "reason to report",
                "verbose_name_plural": "reasons to report",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Lesson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weights", models.JSONField()),
                ("comments", models.PositiveIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "lesson",
                "verbose_name_plural": "lessons",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=80, validators=[text.fields.validate_shown], verbose_name="name"
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Rules are checked in order, lowest number first. Leave empty to put the rule last.",
                        verbose_name="position",
                    ),
                ),
                (
                    "check_kind",
                    models.CharField(
                        choices=[
                            ("words", "has one of these words or phrases"),
                            ("links", "has N or more links"),
                            ("domains", "links to one of these domains"),
                            ("new_account", "author’s account is under N days old"),
                            ("first", "is its author’s first comment here"),
                            ("speed", "is one of N or more by its author within 10 minutes"),
                            (
                                "repetition",
                                "repeats an earlier comment by its author, anywhere on the site",
                            ),
                            ("capitals", "has N or more capital letters, and mostly capitals"),
                            ("spam", "has a spam score of N per cent or more"),
                        ],
                        max_length=12,
                        verbose_name="applies to a comment that",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        help_text="One per line. “cassowar*” matches every word that begins like this.",
                        verbose_name="words, phrases or domains",
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number"),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("pass", "Let it through and skip the rules below"),
                            ("hold", "Hold it for a moderator"),
                            ("refuse", "Refuse it and say why"),
                        ],
                        default="hold",
                        max_length=6,
                        verbose_name="what happens",
                    ),
                ),
                (
                    "explanation",
                    models.CharField(
                        max_length=300,
                        validators=[text.fields.validate_shown],
                        verbose_name="message shown to the commenter",
                    ),
                ),
                (
                    "trusts",
                    models.BooleanField(
                        default=True, verbose_name="does not apply to trusted readers"
                    ),
                ),
                ("is_on", models.BooleanField(default=False, verbose_name="active")),
                (
                    "and_check_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("words", "has one of these words or phrases"),
                            ("links", "has N or more links"),
                            ("domains", "links to one of these domains"),
                            ("new_account", "author’s account is under N days old"),
                            ("first", "is its author’s first comment here"),
                            ("speed", "is one of N or more by its author within 10 minutes"),
                            (
                                "repetition",
                                "repeats an earlier comment by its author, anywhere on the site",
                            ),
                            ("capitals", "has N or more capital letters, and mostly capitals"),
                            ("spam", "has a spam score of N per cent or more"),
                        ],
                        max_length=12,
                        verbose_name="and that",
                    ),
                ),
                (
                    "and_number",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="number"),
                ),
                (
                    "and_words",
                    models.TextField(
                        blank=True,
                        help_text="One per line.",
                        verbose_name="words, phrases or domains",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule",
                "verbose_name_plural": "rules",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ModerationAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hold", "held a comment"),
                            ("approve", "approved a comment"),
                            ("remove", "removed a comment"),
                            ("erase", "deleted a comment"),
                            ("edit", "edited a comment"),
                            ("restore", "restored a comment"),
                            ("refuse", "refused a comment"),
                            ("pin", "pinned a comment"),
                            ("unpin", "unpinned a comment"),
                            ("pick", "picked a comment"),
                            ("unpick", "removed a pick"),
                            ("split", "moved a comment to a new thread"),
                            ("join", "moved a comment back to its thread"),
                            ("close", "closed a discussion"),
                            ("reopen", "reopened a discussion"),
                            ("slow", "slowed a discussion"),
                            ("warn", "warned a person"),
                            ("silence", "silenced a person"),
                            ("suspend", "suspended a person"),
                            ("ban", "banned a person"),
                            ("lift", "lifted a sanction against a person"),
                            ("uphold", "upheld an objection"),
                            ("reject", "rejected an objection"),
                        ],
                        max_length=10,
                        verbose_name="action",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spam", "Spam"),
                            ("unkind", "Unkind or threatening"),
                            ("off_topic", "Off topic"),
                            ("private", "Private information"),
                            ("illegal", "Illegal content"),
                            ("other", "Against the rules of this site"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="when"),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="moderation_actions",
                        to="forum.comment",
                    ),
                ),
                (
                    "discussion",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="moderation_actions",
                        to="forum.discussion",
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="moderation_actions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="moderator",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "is_automatic",
                    models.BooleanField(default=False, verbose_name="decided automatically"),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="following",
                        to="forum.moderationaction",
                    ),
                ),
                ("rule_words", models.TextField(blank=True, verbose_name="message of the rule")),
                ("seal", models.CharField(blank=True, max_length=64)),
                ("status_before", models.CharField(blank=True, max_length=10)),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="forum.moderationaction",
                    ),
                ),
                ("until", models.DateTimeField(null=True, verbose_name="until")),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="forum.rule",
                        verbose_name="rule",
                    ),
                ),
                ("moderator_key", models.PositiveBigIntegerField(editable=False, null=True)),
                ("person_key", models.PositiveBigIntegerField(editable=False, null=True)),
                ("comment_key", models.PositiveBigIntegerField(editable=False, null=True)),
                ("discussion_key", models.PositiveBigIntegerField(editable=False, null=True)),
                ("text_digest", models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                "verbose_name": "moderation action",
                "verbose_name_plural": "moderation log",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["person", "-id"], name="moderation_action_by_person"),
                    models.Index(fields=["kind", "-id"], name="moderation_action_by_kind"),
                    models.Index(fields=["reason", "-id"], name="moderation_action_by_reason"),
                    models.Index(
                        fields=["created_at", "kind", "reason", "is_automatic"],
                        name="moderation_action_counted",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("previous", None)),
                        name="moderation_action_begins_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("comment_key__isnull", False),
                            ("discussion_key__isnull", False),
                            ("person_key__isnull", False),
                            _connector="OR",
                        ),
                        name="moderation_action_has_an_object",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                ("query", models.CharField(max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "name"), name="saved_view_once_per_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("weight", models.PositiveSmallIntegerField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "A moderator took action"),
                            ("rejected", "A moderator kept the comment"),
                        ],
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to="forum.comment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="flags",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="forum.flagreason",
                        verbose_name="reason",
                    ),
                ),
            ],
            options={
                "verbose_name": "flag",
                "verbose_name_plural": "flags",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["comment", "-id"], name="flag_of_comment"),
                    models.Index(fields=["person", "-id"], name="flag_by_person"),
                    models.Index(fields=["created_at", "outcome"], name="flag_counted"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "person"), name="flag_once_per_person"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person", None)),
                        fields=("comment", "email"),
                        name="flag_once_per_address",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Moderator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moderates",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moderators",
                        to="articles.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "moderator",
                "verbose_name_plural": "moderators",
                "ordering": ["person", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "topic"), name="moderator_once_per_topic"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("topic", None)),
                        fields=("person",),
                        name="moderator_once_of_the_site",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(max_length=2000, verbose_name="why it is wrong")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("upheld", "The decision is reversed"),
                            ("rejected", "The decision stands"),
                        ],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="answer")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objection",
                        to="forum.moderationaction",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "objection",
                "verbose_name_plural": "objections",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=["id"],
                        name="objection_waiting",
                    ),
                    models.Index(fields=["created_at", "outcome"], name="objection_counted"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("after", "Immediately; moderators review them afterwards"),
                            ("before", "After a moderator has approved them"),
                            ("closed", "Nobody can comment"),
                        ],
                        default="after",
                        max_length=6,
                        verbose_name="comments appear",
                    ),
                ),
                (
                    "article",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "topic",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy",
                "verbose_name_plural": "policies",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("article", None), ("topic", None), _connector="OR"),
                        name="policy_for_one_thing",
                    ),
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("article", None), ("topic", None)),
                        name="policy_once_for_the_site",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("rule", "A rule"),
                            ("before", "Every comment is reviewed here"),
                            ("spam", "Looks like spam"),
                            ("flags", "Reported"),
                            ("heat", "Heated"),
                            ("place", "Network of a banned user"),
                        ],
                        max_length=6,
                    ),
                ),
                ("severity", models.PositiveSmallIntegerField()),
                ("spam_score", models.FloatField(null=True)),
                ("spam_words", models.JSONField(default=list)),
                ("flag_weight", models.PositiveIntegerField(default=0)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "action",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="forum.moderationaction",
                    ),
                ),
                (
                    "claimed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="forum.comment",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.topic",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forum.rule",
                    ),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=["-severity", "opened_at", "id"],
                        name="case_queue",
                    ),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=["topic", "-severity", "opened_at", "id"],
                        name="case_queue_of_topic",
                    ),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", False)),
                        fields=["-decided_at"],
                        name="case_decided",
                    ),
                    models.Index(fields=["comment", "-id"], name="case_of_comment"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=("comment",),
                        name="case_waits_once_per_comment",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("domain", models.CharField(max_length=253)),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="forum.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["domain", "-comment"], name="link_by_domain")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comment", "domain"), name="link_once_per_comment"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Split",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reply_numbers", models.JSONField(db_column="places")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("joined_at", models.DateTimeField(null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="splits",
                        to="forum.comment",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forum.comment",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="forum.comment",
                    ),
                ),
            ],
            options={
                "verbose_name": "split",
                "verbose_name_plural": "splits",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("joined_at__isnull", True)),
                        fields=("comment",),
                        name="split_once_at_a_time",
                    )
                ],
            },
        ),
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
        migrations.CreateModel(
            name="Sample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "article",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topic",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "sample",
                "verbose_name_plural": "samples",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        db_column="place", max_length=500, verbose_name="address of the content"
                    ),
                ),
                ("law", models.CharField(max_length=200, verbose_name="law or reason")),
                ("explanation", models.TextField(max_length=2000, verbose_name="explanation")),
                (
                    "is_about_children",
                    models.BooleanField(
                        default=False, verbose_name="about sexual abuse of children"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "flag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice",
                        to="forum.flag",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ANIMAL_WELFARE", "Cruelty to animals, or their unlawful sale"),
                            (
                                "CONSUMER_INFORMATION",
                                "Misleading advertising or information for consumers",
                            ),
                            (
                                "CYBER_VIOLENCE",
                                "Bullying, harassment, stalking or intimate material without consent",
                            ),
                            (
                                "CYBER_VIOLENCE_AGAINST_WOMEN",
                                "Bullying, harassment or stalking of women or girls",
                            ),
                            ("DATA_PROTECTION_AND_PRIVACY_VIOLATIONS", "Privacy or personal data"),
                            (
                                "ILLEGAL_OR_HARMFUL_SPEECH",
                                "Defamation, discrimination or hate speech",
                            ),
                            (
                                "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
                                "Copyright, trademark or other intellectual property",
                            ),
                            (
                                "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
                                "Elections or public debate",
                            ),
                            ("PROTECTION_OF_MINORS", "Protection of children"),
                            (
                                "RISK_FOR_PUBLIC_SECURITY",
                                "Terrorism or another danger to the public",
                            ),
                            ("SCAMS_AND_FRAUD", "Scam or fraud"),
                            ("SELF_HARM", "Suicide or self-harm"),
                            ("UNSAFE_AND_PROHIBITED_PRODUCTS", "Unsafe or prohibited products"),
                            ("VIOLENCE", "Calls for violence, or exploitation of people"),
                        ],
                        max_length=50,
                        verbose_name="kind of content",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of illegal content",
                "verbose_name_plural": "notices of illegal content",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["created_at"], name="notice_counted")],
            },
        ),
        migrations.CreateModel(
            name="Takedown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("spam", "Spam"),
                            ("unkind", "Unkind or threatening"),
                            ("off_topic", "Off topic"),
                            ("private", "Private information"),
                            ("illegal", "Illegal content"),
                            ("other", "Against the rules of this site"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000, verbose_name="note")),
                ("since", models.DateTimeField(null=True)),
                ("cursor", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="takedowns",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sanction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="takedown",
                        to="forum.moderationaction",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "takedown",
                "verbose_name_plural": "takedowns",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="NetworkTrace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("network", models.CharField(db_column="place", max_length=64)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("banned_until", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="traces",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "network trace",
                "verbose_name_plural": "network traces",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["seen_at"], name="trace_by_age"),
                    models.Index(fields=["network", "banned_until"], name="trace_of_place"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "network"), name="trace_once_per_place"
                    )
                ],
                "db_table": "forum_trace",
            },
        ),
        migrations.CreateModel(
            name="TakedownRemoval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_undone", models.BooleanField(default=False)),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="takedown_removal",
                        to="forum.moderationaction",
                    ),
                ),
                (
                    "takedown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="removals",
                        to="forum.takedown",
                    ),
                ),
            ],
            options={
                "verbose_name": "removal of a takedown",
                "verbose_name_plural": "removals of takedowns",
                "ordering": ["pk"],
                "db_table": "forum_takedownline",
            },
        ),
        migrations.RunPython(add_rules, migrations.RunPython.noop),
        migrations.RunPython(offer_reasons, migrations.RunPython.noop),
        migrations.RunPython(append_only.install, append_only.uninstall),
    ]
