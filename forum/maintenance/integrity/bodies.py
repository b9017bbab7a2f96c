"""The markup that is kept of a comment's words, and the comments they cite."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from django.db.models.query import QuerySet

from forum.discussion.models.citation import Citation
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.body import render_words
from forum.maintenance.integrity.drift import Drift, put
from forum.maintenance.integrity.subject import Range

# Whom a name means was looked up when the words were
# written. People who come later are none of them.
_MENTION = re.compile(r'<data value="\d+">(.*?)</data>')


def look(keys: Range) -> Iterator[Drift]:
    comments, citations = Comment.objects.filter(pk__range=keys).order_by("pk"), _citations(keys)
    for comment in comments.only("body", "html", "visible_text"):
        words = render_words(comment.body, by=comment)
        if _without_people(comment.html) != _without_people(words.html):
            mend = partial(put, Comment, comment.pk, html=words.html)
            yield Drift(f"comment {comment.pk}", "html", comment.html, words.html, mend)
        if comment.visible_text not in (None, words.text):
            mend = partial(put, Comment, comment.pk, visible_text=words.text)
            yield Drift(
                f"comment {comment.pk}", "visible text", comment.visible_text, words.text, mend
            )
        if citations[comment.pk] != words.cited:
            mend = partial(Citation.objects.record_anew, comment, words.cited)
            yield Drift(
                f"comment {comment.pk}", "citations", citations[comment.pk], words.cited, mend
            )


def _without_people(html: str) -> str:
    return _MENTION.sub(r"\1", html) if "<data " in html else html


def _citations(keys: Range) -> defaultdict[int, list[int]]:
    cited: defaultdict[int, list[int]] = defaultdict(list)
    rows: QuerySet[Citation] = Citation.objects.filter(comment__pk__range=keys)
    for comment, pk in rows.order_by("comment", "cited").values_list("comment", "cited"):
        cited[comment].append(pk)
    return cited
