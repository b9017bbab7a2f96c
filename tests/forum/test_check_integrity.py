"""Each kind of drift is planted past the verbs, found, mended, and gone."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User
from articles.models import Article, FAQEntry, Passage
from forum import append_only
from forum.generation import Outline, generate
from forum.models import Case, Citation, Comment, Discussion, Flag, FlagReason, ModerationAction, Vote, decisions

Say = Callable[..., Comment]
COMMENT = "https://testserver/comments/{}/"


def check(*options: str) -> tuple[int, list[str]]:
    """How the command ends, and what it says but for its summary."""
    out = StringIO()
    try:
        call_command("check_integrity", *options, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


@pytest.fixture
def thread(say: Say, author: User, other_reader: User, settings: Any) -> list[Comment]:
    """A first comment, two answers to it, and an answer by the author to the first of these, which cites it."""
    first = say("Why is that?")
    yes = say("It is the moon.", parent=first, by=other_reader)
    no = say("It is the wind.", parent=first)
    comment = say(f"@Tomas Reyle is right:\n\n{settings.SITE_URL}/comments/{yes.pk}/", parent=yes, by=author)
    Vote.objects.cast(comment=first, by=other_reader, value=1)
    return [first, yes, no, comment]


def test_what_the_verbs_wrote_has_not_drifted(thread: list[Comment], say: Say, moderator: User) -> None:
    decisions.remove(thread[1], by=moderator, reason="spam")
    decisions.hold(thread[2], by=None)
    Case.objects.open(thread[2], cause="flags", severity=10)
    code, said = check()
    assert said[0].startswith("Nothing has drifted."), said
    assert code == 0


def test_nor_has_what_was_generated(article: Article) -> None:
    article.published_at = timezone.now() - timedelta(days=7)
    article.write()
    generate(article, Outline(comments=150, levels=12, people=20))
    code, said = check()
    assert said[0].startswith("Nothing has drifted."), said
    assert code == 0


def of(position: int, **changes: Any) -> Callable[[list[Comment]], object]:
    return lambda thread: Comment.objects.filter(pk=thread[position].pk).update(**changes)


PLANTED: dict[str, Callable[[list[Comment]], object]] = {
    "comment_count": lambda _: Discussion.objects.update(comment_count=7),
    "passage_counts": lambda _: Discussion.objects.update(passage_counts={"p-1": 2}),
    "root": lambda thread: of(3, root=thread[1].pk)(thread),
    "depth": of(3, depth=9),
    "lineage": of(3, lineage=[1]),
    "place": of(2, place=1),
    "sibling": of(2, sibling=1),
    "child_count": of(0, child_count=5),
    "thread_length": of(0, thread_length=1),
    "reply_count": of(0, reply_count=0),
    "has_place": of(0, has_place=False),
    "answered": of(0, answered=None),
    "helpful": of(0, helpful=3),
    "ranked_unhelpful": of(0, ranked_unhelpful=3),
    "rank": of(0, rank=12),
    "html": of(2, html="<p>It is the sea.</p>"),
    "citations": lambda _: Citation.objects.all().delete(),
    "author": lambda thread: Vote.objects.update(author=thread[1].author),
    "word_count": lambda _: Article.objects.update(word_count=1),
    "body_html": lambda _: Article.objects.update(body_html="<p>Other words.</p>"),
    "passage p-1": lambda _: Passage.objects.filter(anchor="p-1").update(words="Other words."),
    "case": of(2, status="held"),
}


@pytest.mark.parametrize("what", PLANTED)
def test_drift_is_found_and_mended(what: str, thread: list[Comment]) -> None:
    PLANTED[what](thread)
    code, said = check()
    assert code == 1
    assert any(f": {what} is " in line for line in said), said
    code, said = check("--repair")
    assert code == 0, said
    assert check()[1][0].startswith("Nothing has drifted."), check()
