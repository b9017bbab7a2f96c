from typing import Any

from django.db import migrations

from articles.words import words_of_answer, words_of_article


def fill(apps: Any, editor: Any) -> None:
    """Store the words of articles and answers, each in a statement of its own."""
    articles = apps.get_model("articles", "Article").objects
    for pk in articles.order_by("pk").values_list("pk", flat=True):
        article = articles.get(pk=pk)
        words = words_of_article(article, article.facts.all())
        articles.filter(pk=pk).update(search_words=words)
        for entry in article.faq.all():
            type(entry).objects.filter(pk=entry.pk).update(search_words=words_of_answer(entry))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0010_search_words")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
