"""Links beside passages, and the page of a passage."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import User
from articles.models import Article, Fact, FAQEntry
from articles.writing import render_and_save, save_passages
from forum.models import Discussion
from forum.moderation import decisions
from forum.posting.edit import delete_comment, undelete_comment
from tests.forum.discussion.passages import (
    NOON,
    PAGE,
    PASSAGE,
    RISING,
    Say,
    read,
    rewrite,
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    settings.COMMENT_RATE = (1000, 60)
    return settings


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
