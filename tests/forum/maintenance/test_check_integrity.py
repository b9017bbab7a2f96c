"""Each kind of mismatch is made by hand, found, repaired, and gone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from articles.models import Article, FAQEntry, Passage
from articles.writing import render_and_save, save_passages
from forum.log import append_only
from forum.maintenance.generation import Outline, generate
from forum.maintenance.integrity import references
from forum.models import (
    Case,
    Citation,
    Comment,
    DecisionText,
    Discussion,
    Flag,
    FlagReason,
    ModerationAction,
    Vote,
)
from forum.moderation import decisions
from forum.posting import visibility
from tests.conftest import person
from tests.roles.who import Undone

Say = Callable[..., Comment]


def check(*options: str) -> tuple[int, list[str]]:
    """Return the exit code of the command, and the lines that it prints."""
    out = StringIO()
    try:
        call_command("check_integrity", *options, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


@pytest.fixture(autouse=True)
def no_references(monkeypatch: pytest.MonkeyPatch) -> None:
    """Foreign keys are asked about one by one, which test_references.py does."""
    monkeypatch.setattr(references, "references", list)


@pytest.fixture
def thread(say: Say, author: User, other_reader: User, settings: Any) -> list[Comment]:
    """A first comment, two replies to it, and a reply by the author to the first of these, which
    cites it.
    """
    first = say("Why is that?")
    yes = say("It is the moon.", parent=first, by=other_reader)
    no = say("It is the wind.", parent=first)
    comment = say(
        f"@Tomas Reyle is right:\n\n{settings.SITE_URL}/comments/{yes.pk}/", parent=yes, by=author
    )
    Vote.objects.cast(comment=first, by=other_reader, value=1)
    return [first, yes, no, comment]


def test_what_the_verbs_wrote_has_not_drifted(
    thread: list[Comment], say: Say, moderator: User
) -> None:
    decisions.remove(thread[1], by=moderator, reason="spam")
    visibility.hold(thread[2], by=None)
    Case.objects.open(thread[2], cause="flags", severity=10)
    code, said = check()
    assert said[0].startswith("Nothing has drifted."), said
    assert code == 0


def test_nor_has_what_was_generated(article: Article) -> None:
    article.published_at = timezone.now() - timedelta(days=7)
    render_and_save(article)
    generate(article, Outline(comments=150, levels=12, people=20))
    code, said = check()
    assert said[0].startswith("Nothing has drifted."), said
    assert code == 0


def of(position: int, **changes: Any) -> Callable[[list[Comment]], object]:
    return lambda thread: Comment.objects.filter(pk=thread[position].pk).update(**changes)


def answered(article: Article) -> None:
    """Make an answer that was rendered by an older version."""
    FAQEntry(article=article, question="How late?", answer="An *hour*.").render_and_save()
    save_passages(article)
    FAQEntry.objects.update(answer_html="<p>An hour.</p>")


PLANTED: dict[str, Callable[[list[Comment]], object]] = {
    "comment_count": lambda _: Discussion.objects.update(comment_count=7),
    "passage_counts": lambda _: Discussion.objects.update(passage_counts={"p-1": 2}),
    "search words": of(1, search_words="moon"),
    "root": lambda thread: of(3, root=thread[1].pk)(thread),
    "depth": of(3, depth=9),
    "ancestor_ids": of(3, ancestor_ids=[1]),
    "reply_number": of(2, reply_number=1),
    "sibling_number": of(2, sibling_number=1),
    "child_count": of(0, child_count=5),
    "thread_length": of(0, thread_length=1),
    "reply_count": of(0, reply_count=0),
    "is_listed": of(0, is_listed=False),
    "latest_author_reply": of(0, latest_author_reply=None),
    "helpful": of(0, helpful=3),
    "ranked_unhelpful": of(0, ranked_unhelpful=3),
    "rank": of(0, rank=12),
    "html": of(2, html="<p>It is the sea.</p>"),
    "citations": lambda _: Citation.objects.all().delete(),
    "author": lambda thread: Vote.objects.update(author=thread[1].author),
    "word_count": lambda _: Article.objects.update(word_count=1),
    "body_html": lambda _: Article.objects.update(body_html="<p>Other words.</p>"),
    "answer_html": lambda thread: answered(thread[0].discussion.article),
    "passage p-1": lambda _: Passage.objects.filter(anchor="p-1").update(words="Other words."),
    "case": of(2, status="held"),
}


def test_drift_is_found_and_mended(thread: list[Comment]) -> None:
    for what, plant in PLANTED.items():
        with Undone():
            plant(thread)
            code, said = check("--repair")
            assert code == 0, (what, said)
            assert any(f": {what} is " in line for line in said), (what, said)
            code, said = check()
            assert said[0].startswith("Nothing has drifted."), (what, said)


def test_drift_is_left_where_no_repair_is_asked_for(thread: list[Comment]) -> None:
    PLANTED["depth"](thread)
    assert [check()[0], check()[0]] == [1, 1]


@pytest.mark.parametrize("outcome", ["", "upheld"])
def test_half_a_decision_about_a_flag_is_found(
    outcome: str, thread: list[Comment], other_reader: User
) -> None:
    at = None if outcome else timezone.now()
    reason = FlagReason.objects.create(name="Spam")
    Flag.objects.create(
        comment=thread[0],
        person=other_reader,
        reason=reason,
        weight=100,
        outcome=outcome,
        decided_at=at,
    )
    code, said = check("--repair")
    assert (code, "flag" in said[0]) == (1, True)


def test_a_case_that_was_decided_is_closed(say: Say, moderator: User) -> None:
    comment = say("Buy now.")
    line = decisions.remove(comment, by=moderator, reason="spam")
    Case.objects.open(comment, cause="flags", severity=10)
    assert check()[0] == 1
    assert check("--repair")[0] == 0
    assert Case.objects.get().action == line


def test_a_comment_pinned_elsewhere_is_taken_down(thread: list[Comment], article: Article) -> None:
    other = Article(title="Again", slug="again", body="Words.", status=Article.Status.PUBLISHED)
    render_and_save(other)
    Discussion.objects.create(article=other, pinned=thread[0])
    assert check("--repair")[0] == 0
    assert not Discussion.objects.exclude(pinned=None).exists()


def test_somebody_who_comes_later_is_no_drift(say: Say, django_user_model: type[User]) -> None:
    """The name was nobody's when the comment was written, so it stays without a link."""
    say("Ask @Late Comer.")
    django_user_model.objects.create_user(email="late@example.com", username="Late Comer")
    assert check()[0] == 0


@pytest.fixture
def log(say: Say, moderator: User) -> list[ModerationAction]:
    taken = [
        decisions.remove(say(f"Spam {number}."), by=moderator, reason="spam") for number in range(3)
    ]
    Case.objects.all().delete()
    return [line for line in taken if line]


@contextmanager
def past_the_guard() -> Iterator[Any]:
    """Yield the lines while the triggers are off: the owner of the database can do that."""
    append_only.uninstall()
    yield ModerationAction.objects.all()
    append_only.install()


@pytest.mark.parametrize(
    "column", ["text_digest", "reason", "created_at", "person_key", "comment_key"]
)
def test_a_forged_line_is_found_and_left_alone(column: str, log: list[ModerationAction]) -> None:
    forged = {"created_at": timezone.now(), "person_key": 7, "comment_key": 7}.get(column, "other")
    with past_the_guard() as lines:
        lines.filter(pk=log[1].pk).update(**{column: forged})
    for options in ([], ["--repair"]):
        code, said = check(*options)
        assert code == 1
        assert said[0].startswith(f"log line {log[1].pk}: ")


@pytest.mark.parametrize("column", ["words", "note", "salt"])
def test_a_forged_text_is_found(column: str, log: list[ModerationAction]) -> None:
    DecisionText.objects.filter(pk=log[1].pk).update(**{column: "other"})
    code, said = check("--repair")
    assert (code, said[0].startswith(f"log line {log[1].pk}: text is")) == (1, True)


def test_an_erased_text_is_no_drift(log: list[ModerationAction]) -> None:
    DecisionText.objects.all().delete()
    assert check()[0] == 0


def test_a_line_that_was_cut_out_is_found(log: list[ModerationAction]) -> None:
    with past_the_guard() as lines:
        log[1].text.delete()
        lines.filter(pk=log[1].pk)._raw_delete("default")
        lines.filter(pk=log[2].pk).update(previous=log[0])
    code, said = check("--repair")
    assert code == 1
    assert said[0].startswith(f"log line {log[2].pk}: ")


def test_a_seal_noted_earlier_shows_an_end_that_was_cut_off(log: list[ModerationAction]) -> None:
    assert check("--seal", log[2].seal)[0] == 0
    with past_the_guard() as lines:
        lines.filter(pk=log[2].pk).delete()
    assert check()[0] == 0
    code, said = check("--seal", log[2].seal)
    assert (code, said[0]) == (1, f"log: no line has the seal {log[2].seal}")


def test_a_guard_that_is_off_is_put_on_again(log: list[ModerationAction]) -> None:
    append_only.uninstall()
    code, said = check()
    assert (code, said[0].startswith("log: guard is without moderation_log_keeps_all")) == (1, True)
    assert check("--repair")[0] == 0
    assert append_only.guard().missing() == []


def test_the_log_that_lost_its_people_is_whole(
    log: list[ModerationAction], moderator: User
) -> None:
    person("Bram Oduya", is_staff=True, is_superuser=True)
    moderator.delete()
    code, said = check()
    assert (code, said[-1]) == (
        0,
        f"The log ends with line {log[2].pk}, whose seal is {log[2].seal}.",
    )
