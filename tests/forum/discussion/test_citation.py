from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.discussion.rendering.body import MOST_CITED, render_body
from forum.discussion.rendering.references import References
from forum.models import Citation, Comment, Discussion
from forum.moderation import decisions
from forum.posting.edit import delete_comment, edit_comment, undelete_comment
from forum.posting.post import post_comment

Say = Callable[..., Comment]
CITED = "<p>It is the moon, mostly.</p></aside>"


@pytest.fixture
def moon(say: Say) -> Comment:
    return say("It *is* the moon, mostly.")


@pytest.fixture
def elsewhere(author: User) -> Discussion:
    """The discussion of another article."""
    article = Article(title="Neaps", slug="neaps", body="x", status="published", author=author)
    render_and_save(article)
    return Discussion.objects.of(article)


@pytest.fixture
def address(settings: Settings, moon: Comment) -> str:
    return f"{settings.SITE_URL}/comments/{moon.pk}/"


def html_of(comment: Comment) -> str:
    """Return the comment as readers see it now."""
    return Comment.objects.get(pk=comment.pk).shown_html


def shown(body: str) -> str:
    html = render_body(body).html
    return References([html]).fill(html)


def test_a_link_alone_shows_author_and_words(address: str, say: Say) -> None:
    comment = say(f"As was said:\n\n{address}\n\nQuite.")
    link = f'<a href="{address}" rel="nofollow ugc noopener"><bdi>Ines Okafor</bdi></a>'
    assert html_of(comment) == f"<p>As was said:</p>\n<aside><p>{link}</p>{CITED}\n<p>Quite.</p>"
    assert Citation.objects.get().comment == comment


@pytest.mark.parametrize(
    "form",
    [
        "{site}/comments/{pk}/",
        "{site}/comments/{pk}/?after=3",
        "{site}/articles/high-tide/#c{pk}",
        "{site}/articles/high-tide/?sort=oldest&after=7#c{pk}",
        "<{site}/comments/{pk}/>",
    ],
)
def test_every_address_of_a_comment_is_known(form: str, moon: Comment, settings: Settings) -> None:
    assert CITED in shown(form.format(site=settings.SITE_URL, pk=moon.pk))


@pytest.mark.parametrize(
    "body",
    [
        "See {0} there",
        "[the moon]({0})",
        "> {0}",
        "- {0}",
        "    {0}",
        "```\n{0}\n```",
        "{0}history/",
        "{0}\nand more",
    ],
)
def test_a_link_among_words_stays_a_link(body: str, address: str) -> None:
    assert "<aside>" not in shown(body.format(address))


def test_a_comment_that_is_not_here_stays_a_link(moon: Comment, settings: Settings) -> None:
    for link in (f"{settings.SITE_URL}/comments/4711/", f"https://example.org/comments/{moon.pk}/"):
        assert "<aside>" not in shown(link)


def test_nobody_can_write_a_citation_by_hand(db: None) -> None:
    assert "<aside>" not in shown("<aside><p>Ines Okafor</p><p>I lied.</p></aside>")


def test_what_is_cited_is_shown_as_text(say: Say, settings: Settings) -> None:
    cited = say("`<img src=x onerror=alert(1)>` & so on")
    html = shown(f"{settings.SITE_URL}/comments/{cited.pk}/")
    assert "&lt;img src=x onerror=alert(1)&gt; &amp; so on" in html
    assert "<img" not in html


def test_a_citation_shows_nothing_that_is_cited_there(
    address: str, say: Say, settings: Settings
) -> None:
    middle = say(f"{address}\n\nMy words.")
    html = shown(f"{settings.SITE_URL}/comments/{middle.pk}/")
    assert "My words." in html
    assert "moon" not in html


def test_words_that_are_changed_change_where_they_are_cited(
    address: str, moon: Comment, say: Say
) -> None:
    comment = say(address)
    edit_comment(moon, body="It is the sun, too.")
    assert "It is the sun, too." in html_of(comment)
    assert "moon" not in html_of(comment)


def test_words_that_are_taken_away_live_on_nowhere(
    address: str,
    moon: Comment,
    say: Say,
    elsewhere: Discussion,
    other_reader: User,
    moderator: User,
) -> None:
    here = say(address)
    there = post_comment(elsewhere, by=other_reader, body=address, key="k")
    decisions.remove(moon, by=moderator, reason="spam")
    assert [text in html_of(comment) for comment in (here, there) for text in ("moon", "Ines")] == [
        False
    ] * 4


def test_words_that_are_back_are_cited_again(
    address: str, moon: Comment, say: Say, moderator: User
) -> None:
    comment = say(address)
    delete_comment(moon)
    late = say(f"Late:\n\n{address}")
    undelete_comment(moon)
    assert [CITED in html_of(each) for each in (comment, late)] == [True, True]


def test_an_unpublished_article_is_not_cited(address: str, article: Article) -> None:
    article.published_at = timezone.now() + timedelta(days=1)
    render_and_save(article)
    assert "<aside>" not in shown(address)


def test_an_edit_cites_something_else(address: str, say: Say) -> None:
    comment = say(address)
    edit_comment(comment, body="Never mind.")
    assert Citation.objects.count() == 0


def test_comments_that_cite_each_other_can_both_be_changed(
    address: str, moon: Comment, say: Say, settings: Settings
) -> None:
    comment = say(address)
    edit_comment(moon, body=f"It is the moon.\n\n{settings.SITE_URL}/comments/{comment.pk}/")
    edit_comment(comment, body=f"So it is.\n\n{address}")
    assert "It is the moon." in html_of(comment)
    assert "So it is." in html_of(moon)


def test_looking_up_is_one_query_and_only_where_something_is_cited(
    address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        shown(f"Words with a [link]({address}).")
    html = render_body("\n\n".join([address] * 30)).html
    with django_assert_num_queries(1):
        assert References([html] * 20).fill(html).count("<aside>") == 30


def test_only_so_many_are_shown_in_one_comment(say: Say, settings: Settings) -> None:
    links = [f"{settings.SITE_URL}/comments/{say(f'Words {n}').pk}/" for n in range(MOST_CITED + 2)]
    assert shown("\n\n".join(links)).count("<aside>") == MOST_CITED


def test_the_preview_shows_the_citation(
    address: str, reader: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(reader)
    shown = client.post("/articles/high-tide/comments/preview/", {"body": address}).content.decode()
    client.post("/articles/high-tide/comments/", {"body": address})
    assert CITED in shown
    assert html_of(Comment.objects.order_by("-pk")[0]) in shown


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_page_that_quotes_and_names_costs_one_query_more(
    signed_in: bool, address: str, say: Say, reader: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(reader) if signed_in else Client()

    def queries() -> int:
        client.get(
            "/articles/high-tide/"
        )  # the article's own parts are read once for each time it is written
        with CaptureQueriesContext(connection) as asked:
            client.get("/articles/high-tide/")
        return len(asked)

    before = queries()
    for number in range(5):
        say(f"{number}:\n\n{address}\n\nThanks, @Ines Okafor!")
    assert queries() == before + 1
