"""The HTML and visible text of comments, and the comments that they cite."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from django.db.models.query import QuerySet

from forum.discussion.models.citation import Citation
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.body import render_body
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, put

# A name means whoever had it when the comment was written, not a person who took it later.
_MENTION = re.compile(r'<data value="\d+">(.*?)</data>')


def find(keys: Range) -> Iterator[Mismatch]:
    comments = Comment.objects.filter(pk__range=keys).order_by("pk")
    citations = _citations(keys)
    for comment in comments.only("body", "html", "visible_text"):
        where, cited = f"comment {comment.pk}", citations[comment.pk]
        right = render_body(comment.body, by=comment)
        if _without_people(comment.html) != _without_people(right.html):
            repair = partial(put, Comment, comment.pk, html=right.html)
            yield Mismatch(where, "html", comment.html, right.html, repair)
        if comment.visible_text not in (None, right.text):
            repair = partial(put, Comment, comment.pk, visible_text=right.text)
            yield Mismatch(where, "visible text", comment.visible_text, right.text, repair)
        if cited != right.cited:
            repair = partial(Citation.objects.record_anew, comment, right.cited)
            yield Mismatch(where, "citations", cited, right.cited, repair)


def _without_people(html: str) -> str:
    return _MENTION.sub(r"\1", html) if "<data " in html else html


def _citations(keys: Range) -> defaultdict[int, list[int]]:
    cited: defaultdict[int, list[int]] = defaultdict(list)
    rows: QuerySet[Citation] = Citation.objects.filter(comment__pk__range=keys)
    for comment, pk in rows.order_by("comment", "cited").values_list("comment", "cited"):
        cited[comment].append(pk)
    return cited
