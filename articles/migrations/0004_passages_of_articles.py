from typing import Any

from django.db import migrations

from text.html_blocks import blocks, marked
from text.markdown import plain_text


def name_passages(apps: Any, schema_editor: Any) -> None:
    """Articles that were written before passages had ids get them, without being opened by anybody."""
    Article = apps.get_model("articles", "Article")
    Passage = apps.get_model("articles", "Passage")
    for article in (
        Article.objects.filter(passages=None).prefetch_related("facts", "faq").iterator(100)
    ):
        words = [plain_text(block) for block in blocks(article.body_html)]
        anchors = [f"p-{number}" if said else "" for number, said in enumerate(words, start=1)]
        passages = [
            Passage(kind="paragraph", anchor=anchor, words=said, position=place)
            for place, (anchor, said) in enumerate(zip(anchors, words, strict=True))
            if said
        ]
        for number, fact in enumerate(article.facts.all(), start=1):
            said = fact.text or f"{fact.label}: {fact.value}"
            passages.append(Passage(kind="fact", anchor=f"fact-{number}", words=said, fact=fact))
        for entry in article.faq.all():
            said = f"{entry.question} {plain_text(entry.answer_html)}"
            passages.append(
                Passage(kind="answer", anchor=f"faq-{entry.slug}", words=said, faq_entry=entry)
            )
        for passage in passages:
            passage.article = article
        Passage.objects.bulk_create(passages, 200)
        article.body_html = marked(article.body_html, anchors)
        article.save(update_fields=["body_html"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_passages")]

    operations = [migrations.RunPython(name_passages, migrations.RunPython.noop)]
