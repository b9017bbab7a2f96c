from typing import Any

import django.core.validators
from django.db import migrations, models

import articles.slugs
from articles.writing import describe


def describe_articles(apps: Any, schema_editor: Any) -> None:
    articles = apps.get_model("articles", "Article").objects
    for pk, short_answer, html in articles.values_list("pk", "short_answer", "body_html").iterator(
        100
    ):
        articles.filter(pk=pk).update(description=describe(short_answer, html))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_passages_of_articles"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="description",
            field=models.CharField(blank=True, editable=False, max_length=200),
        ),
        migrations.AlterField(
            model_name="article",
            name="body",
            field=models.TextField(
                help_text="Markdown",
                validators=[django.core.validators.MaxLengthValidator(200000)],
                verbose_name="text",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="slug",
            field=models.SlugField(
                max_length=160,
                unique=True,
                validators=[articles.slugs.refuse_reserved_slug],
                verbose_name="address",
            ),
        ),
        migrations.AlterField(
            model_name="topic",
            name="slug",
            field=models.SlugField(
                max_length=80,
                unique=True,
                validators=[articles.slugs.refuse_reserved_slug],
                verbose_name="address",
            ),
        ),
        migrations.RunPython(describe_articles, migrations.RunPython.noop),
    ]
