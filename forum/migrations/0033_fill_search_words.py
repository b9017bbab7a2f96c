from typing import Any

from django.db import migrations, transaction

from forum.discussion.words import words_of_comment
from text.visible import visible_text

BATCH = 1000


def fill(apps: Any, editor: Any) -> None:
    """Store the words of comments, so many in a transaction."""
    comments = apps.get_model("forum", "Comment").objects
    columns = ("html", "visible_text", "search_words", "discussion__article")
    rows, last = comments.select_related("discussion").only(*columns).order_by("pk"), 0
    while batch := list(rows.filter(pk__gt=last).exclude(body="")[:BATCH]):
        for comment in batch:
            text = comment.visible_text
            text = visible_text(comment.html) if text is None else text
            article = comment.discussion.article_id
            comment.search_words = words_of_comment(text, article=article)
        with transaction.atomic():
            comments.bulk_update(batch, ["search_words"], batch_size=100)
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("forum", "0032_search_words")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
