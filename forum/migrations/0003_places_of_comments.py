from collections import Counter
from typing import Any

from django.db import migrations

BATCH = 1000


def give_places(apps: Any, schema_editor: Any) -> None:
    """Comments that were written before places were counted get
    theirs, in the order in which they were written.
    """
    Comment = apps.get_model("forum", "Comment")
    lengths: Counter[int] = Counter()
    children: Counter[int] = Counter()
    answered: dict[int, int] = {}
    batch = []
    comments = Comment.objects.order_by("pk").values_list(
        "pk", "root", "parent", "author", "discussion__article__author", "status"
    )
    for pk, root, parent, author, writer, status in comments.iterator():
        if root is None:
            continue
        lengths[root] += 1
        children[parent] += 1
        if author is not None and author == writer and status == "published":
            answered[root] = pk
        batch.append(Comment(pk=pk, place=lengths[root], sibling=children[parent]))
        if len(batch) == BATCH:
            Comment.objects.bulk_update(batch, ["place", "sibling"])
            batch = []
    Comment.objects.bulk_update(batch, ["place", "sibling"], batch_size=BATCH)
    for pk, count in children.items():
        Comment.objects.filter(pk=pk).update(child_count=count)
    for pk, length in lengths.items():
        Comment.objects.filter(pk=pk).update(thread_length=length, answered=answered.get(pk))
    gone = Comment.objects.exclude(status__in=["published", "removed"]).filter(
        parent=None, reply_count=0
    )
    gone.update(has_place=False)


class Migration(migrations.Migration):
    dependencies = [("forum", "0002_votes_passages_and_places")]

    operations = [migrations.RunPython(give_places, migrations.RunPython.noop)]
