"""A comment stays about the passage that its writer read."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from articles.models import Article, FAQEntry, Passage
from articles.writing import save_passages
from forum.discussion.models.about import fields_about
from forum.models import Comment, Discussion, Draft
from forum.moderation import decisions
from forum.posting.post import post_comment
from tests.conftest import OUR_PAGE
from tests.forum.discussion.passages import (
    ADDRESS,
    NOON,
    PAGE,
    PASSAGE,
    RISING,
    Say,
    form,
    read,
    rewrite,
)
from tests.mail import Outbox, code_in


@pytest.fixture
def settings(settings: Settings) -> Settings:
    settings.COMMENT_RATE = (1000, 60)
    return settings


def test_a_comment_keeps_what_it_speaks_of(
    article: Article, noon: Passage, reader: User, client_of: Callable
) -> None:
    client_of(reader).post(ADDRESS, form())
    comment = Comment.objects.get()
    assert (comment.passage, comment.passage_edition, comment.passage_words) == (noon, 1, NOON)


def test_selected_words_are_kept_as_they_stand(
    article: Article, reader: User, client_of: Callable
) -> None:
    client_of(reader).post(ADDRESS, form(passage_words=" harbour\n wall "))
    assert Comment.objects.get().passage_words == "harbour wall"


def test_words_the_passage_never_said_are_not_put_into_its_mouth(
    article: Article, reader: User, client_of: Callable
) -> None:
    client_of(reader).post(ADDRESS, form(passage_words="The moon is made of cheese."))
    assert Comment.objects.get().passage_words == NOON


def test_an_answer_is_about_the_comment_it_answers(
    article: Article, say: Say, reader: User, client_of: Callable
) -> None:
    client_of(reader).post(ADDRESS, form(parent=say("Hm.").pk, kind="question"))
    answer = Comment.objects.get(parent__isnull=False)
    assert (answer.passage, answer.kind) == (None, None)


def test_a_passage_that_never_was_keeps_the_words(
    article: Article, reader: User, client_of: Callable
) -> None:
    response = client_of(reader).post(ADDRESS, form(passage="p-9"))
    assert response.status_code == 422
    assert "Which wall?" in response.content.decode()
    assert 'name="passage"' not in response.content.decode()


def test_a_passage_changed_while_writing_is_read_again_first(
    article: Article, reader: User, client_of: Callable
) -> None:
    rewrite(article, NOON.replace("noon", "six"), RISING)
    client = client_of(reader)
    answer = client.post(ADDRESS, form())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The passage changed while you were writing" in page
    assert "Stand on a harbour wall at six." in page
    assert 'name="passage_edition" value="2"' in page
    client.post(ADDRESS, form(passage_edition=2))
    assert Comment.objects.get().passage_words == "Stand on a harbour wall at six."


def test_selected_words_that_still_stand_need_no_second_look(
    article: Article, reader: User, client_of: Callable
) -> None:
    rewrite(article, NOON.replace("noon", "six"), RISING)
    client_of(reader).post(ADDRESS, form(passage_words="harbour wall"))
    assert Comment.objects.get().passage_edition == 2


def test_the_tie_goes_along_when_somebody_signs_in_to_post(
    article: Article, noon: Passage, outbox: Outbox, reader: User
) -> None:
    client = Client()
    words = form(email=reader.email, kind="correction", passage_words="harbour wall")
    draft = client.post(ADDRESS, words, **OUR_PAGE).url
    assert "“harbour wall”" in read(draft, client)
    client.post(draft, {"code": code_in(outbox()[-1])})
    comment = Comment.objects.get()
    assert (comment.passage, comment.passage_words, comment.kind) == (
        noon,
        "harbour wall",
        "correction",
    )


def test_words_taken_back_keep_the_tie(
    article: Article, remark: Say, noon: Passage, reader: User, client_of: Callable
) -> None:
    comment = remark("Which wall?", kind="question")
    client_of(reader).post(f"/comments/{comment.pk}/delete/", {"undo": ""})
    draft = Draft.objects.get()
    assert (draft.passage, draft.kind) == (noon, "question")
    page = read(draft.get_absolute_url(), client_of(reader))
    assert 'name="passage" value="p-1"' in page
    assert '<option value="question" selected>' in page


def test_the_same_words_on_two_passages_are_two_drafts(article: Article) -> None:
    client = Client()
    for anchor in ("p-1", "p-2"):
        client.post(ADDRESS, form(passage=anchor, key=""), **OUR_PAGE)
    assert Draft.objects.count() == 2


# --- In the discussion ---


def test_a_comment_says_what_it_is_about(article: Article, remark: Say) -> None:
    remark("Which wall?")
    assert f'On: <a href="{PAGE}#p-1">“<bdi>{NOON}</bdi>”</a>' in read(PAGE)


def test_a_comment_on_a_changed_passage_says_what_it_said(article: Article, remark: Say) -> None:
    remark("Which wall?")
    rewrite(article, NOON.replace("noon", "six"), RISING)
    page = read(PAGE)
    assert "The passage has changed since." in page
    assert f'<q dir="auto">{NOON}</q>' in page


def test_a_comment_outlives_its_passage_with_the_old_words(article: Article, remark: Say) -> None:
    remark("Which wall?")
    rewrite(article, RISING)
    page = read(PAGE)
    assert f'<blockquote dir="auto">{NOON}</blockquote>' in page
    assert "Which wall?" in page


def test_an_answer_is_opened_by_the_address_of_its_passage(
    article: Article, discussion: Discussion, reader: User
) -> None:
    FAQEntry(article=article, question="Why?", answer="The moon.").render_and_save()
    save_passages(article)
    post_comment(
        discussion,
        by=reader,
        body="Sure?",
        key="k",
        **fields_about(article.passages.get(anchor="faq-why")),
    )
    assert f'href="{PAGE}?faq=why#faq-why"' in read(PAGE)


def test_what_was_quoted_goes_with_the_comment(
    article: Article, remark: Say, moderator: User
) -> None:
    decisions.remove(remark("Spam.", selected="harbour wall"), by=moderator, reason="spam")
    assert "“harbour wall”" not in read(PAGE)


def test_a_comment_may_be_a_question_or_a_correction(article: Article, remark: Say) -> None:
    remark("Which wall?", kind="question")
    remark("It was the pier.", kind="correction")
    page = read(PAGE)
    assert '<span class="tag">Question</span>' in page
    assert '<span class="tag">Correction</span>' in page


@pytest.mark.parametrize("kind", ["praise", "\0", "question question"])
def test_a_kind_there_is_not_is_refused(
    kind: str, article: Article, reader: User, client_of: Callable
) -> None:
    assert client_of(reader).post(ADDRESS, form(kind=kind)).status_code == 422


@pytest.mark.parametrize(
    ("asked", "kept"), [("harbour  wall", "harbour wall"), ("whatever you like", "")]
)
def test_words_that_were_selected_come_with_the_form_if_the_passage_has_them(
    client: Client, noon: Passage, asked: str, kept: str
) -> None:
    form = client.get(PASSAGE, {"words": asked}).context["form"]
    assert form["passage_words"].value() == kept
