import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import articles.slugs
import articles.validators
import text.fields


class Migration(migrations.Migration):
    replaces = [
        ("articles", "0001_initial"),
        ("articles", "0002_words_for_editors"),
        ("articles", "0003_passages"),
        ("articles", "0004_passages_of_articles"),
        ("articles", "0005_reserved_addresses_and_descriptions"),
        ("articles", "0006_text_that_shows"),
        ("articles", "0007_bound_signs"),
        ("articles", "0008_plain_words"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
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
                        max_length=80,
                        unique=True,
                        validators=[text.fields.validate_shown],
                        verbose_name="name",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        max_length=80,
                        unique=True,
                        validators=[articles.slugs.refuse_reserved_slug],
                        verbose_name="address",
                    ),
                ),
                (
                    "introduction",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[text.fields.validate_shown],
                        verbose_name="introduction",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["position", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        max_length=160,
                        validators=[text.fields.validate_shown],
                        verbose_name="title",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        max_length=160,
                        unique=True,
                        validators=[articles.slugs.refuse_reserved_slug],
                        verbose_name="address",
                    ),
                ),
                (
                    "short_answer",
                    models.TextField(
                        blank=True,
                        help_text="Shown first. Use at most 50 words.",
                        max_length=600,
                        validators=[text.fields.validate_shown],
                        verbose_name="short answer",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Markdown",
                        validators=[
                            articles.validators.validate_markdown_size,
                            articles.validators.validate_markdown_shown,
                        ],
                        verbose_name="text",
                    ),
                ),
                ("body_html", models.TextField(editable=False)),
                ("word_count", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "facts_heading",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[text.fields.validate_shown],
                        verbose_name="heading of the facts",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published")],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published"),
                ),
                (
                    "updated_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="updated"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="articles",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="articles.topic",
                        verbose_name="topic",
                    ),
                ),
                ("description", models.CharField(blank=True, editable=False, max_length=200)),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ["-published_at", "-pk"],
                "indexes": [
                    models.Index(fields=["status", "-published_at", "-id"], name="article_newest"),
                    models.Index(
                        fields=["topic", "status", "-published_at", "-id"],
                        name="article_newest_in_topic",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"), ("published_at__isnull", False), _connector="OR"
                        ),
                        name="article_published_has_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerSlug",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=160, unique=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_slugs",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "former address",
                "verbose_name_plural": "former addresses",
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "text",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        validators=[text.fields.validate_shown],
                        verbose_name="text",
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[text.fields.validate_shown],
                        verbose_name="label",
                    ),
                ),
                (
                    "value",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[text.fields.validate_shown],
                        verbose_name="value",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[text.fields.validate_shown],
                        verbose_name="source",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="address of the source"
                    ),
                ),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facts",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "fact",
                "verbose_name_plural": "facts",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(
                                models.Q(("label", ""), _negated=True),
                                models.Q(("value", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="fact_says_something",
                        violation_error_message="Enter a text, or a label with its value.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FAQEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "question",
                    models.CharField(
                        max_length=200,
                        validators=[text.fields.validate_shown],
                        verbose_name="question",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(
                        blank=True,
                        help_text="Made from the question at first. It does not change, so links keep working.",
                        max_length=80,
                        verbose_name="anchor",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        help_text="Markdown",
                        validators=[
                            articles.validators.validate_markdown_size,
                            articles.validators.validate_markdown_shown,
                        ],
                        verbose_name="answer",
                    ),
                ),
                ("answer_html", models.TextField(editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="faq",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "FAQ entry",
                "verbose_name_plural": "FAQ entries",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "slug"), name="faq_anchor_once_per_article"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
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
                            ("paragraph", "Paragraph"),
                            ("fact", "Fact"),
                            ("answer", "Answer"),
                        ],
                        max_length=9,
                    ),
                ),
                ("anchor", models.SlugField(db_index=False, max_length=100)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("words", models.TextField()),
                ("edition", models.PositiveIntegerField(default=1)),
                ("gone_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="passages",
                        to="articles.article",
                    ),
                ),
                (
                    "fact",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="passage",
                        to="articles.fact",
                    ),
                ),
                (
                    "faq_entry",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="passage",
                        to="articles.faqentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "passage",
                "verbose_name_plural": "passages",
                "ordering": ["article", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "anchor"), name="passage_anchor_once_per_article"
                    )
                ],
            },
        ),
    ]
