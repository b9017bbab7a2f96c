"""Comments about a paragraph, a fact or an answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from articles.models import Article, Fact, FAQEntry, Passage
from articles.writing import render_and_save, save_passages
from forum.discussion.models.about import fields_about
from forum.models import Comment, Discussion, Draft
from forum.moderation import decisions
from forum.posting.edit import delete_comment, undelete_comment
from forum.posting.post import post_comment
from tests.conftest import OUR_PAGE
from tests.mail import Outbox, code_in

NOON, RISING = "Stand on a harbour wall at noon.", "The tide will still be rising."
PAGE, PASSAGE, ADDRESS = (
    "/articles/high-tide/",
    "/articles/high-tide/passages/p-1/",
    "/articles/high-tide/comments/",
)

Say = Callable[..., Comment]


@pytest.fixture
def noon(article: Article) -> Passage:
    return article.passages.get(anchor="p-1")


@pytest.fixture
def remark(discussion: Discussion, reader: User, noon: Passage) -> Callable[..., Comment]:
    """Says something about the first paragraph: `remark("words", selected="harbour wall")`."""

    def post(body: str, *, selected: str = "", **words: Any) -> Comment:
        return post_comment(
            discussion,
            by=reader,
            body=body,
            key=body,
            **{**fields_about(noon, selected=selected), **words},
        )

    return post


@pytest.fixture
def settings(settings: Settings) -> Settings:
    settings.COMMENT_RATE = (1000, 60)
    return settings


def rewrite(article: Article, *paragraphs: str) -> None:
    article.body = "\n\n".join(paragraphs)
    render_and_save(article)


def read(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address, follow=True).content.decode()


def form(**words: Any) -> dict[str, Any]:
    return {"body": "Which wall?", "key": "k1", "passage": "p-1", "passage_edition": 1, **words}


# --- Beside the passage ---


def test_each_passage_has_a_link_of_its_own(article: Article) -> None:
    Fact.objects.create(article=article, text="The moon does it.")
    FAQEntry(article=article, question="Why?", answer="The moon.").render_and_save()
    save_passages(article)
    page = read(PAGE)
    for anchor, words in [
        ("p-1", "paragraph"),
        ("p-2", "paragraph"),
        ("fact-1", "fact"),
        ("faq-why", "answer"),
    ]:
        link = (
            f'href="{PAGE}passages/{anchor}/" rel="nofollow">'
            f'<span class="vh">Comment on this {words}</span>'
        )
        assert page.count(link) == 1


def test_the_link_counts_the_comments(article: Article, remark: Say) -> None:
    remark("One.")
    remark("Two.")
    assert (
        '<span aria-hidden="true">2</span> <span class="vh">2 comments on this paragraph</span>'
        in read(PAGE)
    )


def test_counts_follow_what_is_taken_and_given_back(
    article: Article, moderator: User, remark: Say
) -> None:
    def counts() -> dict[str, int]:
        found: dict[str, int] = Discussion.objects.get().passage_counts
        return found

    comment = remark("One.")
    remark("Two.")
    assert counts() == {"p-1": 2}
    delete_comment(comment)
    assert counts() == {"p-1": 1}
    undelete_comment(comment)
    decisions.remove(comment, by=moderator, reason="spam")
    assert counts() == {"p-1": 1}
    decisions.erase(comment, by=moderator, reason="spam")
    assert counts() == {"p-1": 1}
    decisions.restore(comment, by=moderator)
    assert counts() == {"p-1": 2}


def test_an_article_nobody_can_discuss_has_no_links(
    article: Article, moderator: User, client_of: Callable
) -> None:
    article.status = Article.Status.DRAFT
    render_and_save(article)
    assert "/passages/" not in read(PAGE, client_of(moderator))


def test_links_and_counts_cost_no_query(article: Article, remark: Say) -> None:
    rewrite(article, NOON, *(f"Paragraph {number}." for number in range(100)))
    for number in range(5):
        remark(f"ImportedComment {number}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        read(PAGE)
    assert len(queries) <= 5


# --- The passage's own page ---


def test_a_passage_is_shown_with_what_is_said_of_it(
    article: Article, remark: Say, say: Say
) -> None:
    say("About something else.")
    say("An answer to it.", parent=remark("Which wall?"))
    page = read(PASSAGE)
    assert f'<blockquote class="words">{NOON}</blockquote>' in page
    assert "Which wall?" in page
    assert "An answer to it." in page
    assert "About something else." not in page


def test_the_page_goes_on_by_cursor(article: Article, remark: Say, settings: Settings) -> None:
    comments = [remark(f"ImportedComment {number}") for number in range(25)]
    first = Client().get(PASSAGE).context["page"]
    rest = Client().get(f"{PASSAGE}?after={first.next_cursor}").context["page"]
    assert [row.comment.pk for row in [*first.rows, *rest.rows]] == [
        comment.pk for comment in reversed(comments)
    ]
    assert not rest.next_cursor


def test_a_passage_that_is_gone_still_says_what_it_said(article: Article, remark: Say) -> None:
    remark("Which wall?")
    rewrite(article, RISING)
    page = read(PASSAGE)
    assert NOON in page
    assert "This passage was removed from the article on" in page
    assert 'id="compose"' not in page


@pytest.mark.parametrize(
    "address", ["/articles/high-tide/passages/p-9/", "/articles/none/passages/p-1/"]
)
def test_what_never_was_is_not_found(address: str, article: Article) -> None:
    assert Client().get(address).status_code == 404


def test_a_former_address_leads_to_the_passage(article: Article) -> None:
    article.slug = "later"
    render_and_save(article)
    assert Client().get(PASSAGE).url == "/articles/later/passages/p-1/"


@pytest.mark.parametrize("comments", [1, 15])
def test_the_page_costs_the_same_however_many_comment(
    comments: int, article: Article, remark: Say, settings: Settings
) -> None:
    for number in range(comments):
        remark(f"ImportedComment {number}")
    with CaptureQueriesContext(connection) as queries:
        read(PASSAGE)
    assert len(queries) <= 4


# --- Posting ---


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
