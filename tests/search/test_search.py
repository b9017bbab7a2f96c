"""The search: what is found, who may see it, how it is shown, and what it costs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from accounts import limits
from accounts.counters import Rate
from accounts.models import User
from articles.models import Article, Fact, FAQEntry
from articles.writing import publish_article, save_article, withdraw_article
from forum.models import Comment
from forum.posting.edit import delete_comment, edit_comment
from forum.posting.visibility import hold
from search import known_words, newest, results
from tests.corpora import payloads
from tests.drilled import part

Say = Callable[..., Comment]
RESULT = re.compile(
    r'<li data-result="(\w+)">\s*<h3 dir="auto"><a href="([^"]+)">(.*?)</a></h3>\s*'
    r"<p [^>]*>(.*?)</p>",
    re.DOTALL,
)


def page_of(text: str, **more: str) -> str:
    response = Client().get("/search/", {"q": text, **more})
    assert response.status_code == 200
    return response.content.decode()


def found(text: str, **more: str) -> list[tuple[str, str]]:
    return [(kind, url) for kind, url, _, _ in RESULT.findall(page_of(text, **more))]


def heading_of(html: str) -> str:
    return " ".join(strip_tags(html.partition("<h1>")[2].partition("</h1>")[0]).split())


@pytest.fixture
def harbour(article: Article) -> Article:
    """An article that says "moon" in a fact alone, and has an answer."""
    facts = [Fact(label="Pulled by", value="the moon")]
    faq = [FAQEntry(question="What are springs?", answer="The **highest** tides.")]
    save_article(article, facts=facts, faq=faq)
    return article


def test_articles_with_their_facts_answers_and_comments_are_found_together(
    harbour: Article, say: Say
) -> None:
    comment = say("The tides <b>here</b> are low & late.")
    html = page_of("tides")
    assert heading_of(html) == "2 results for tides"
    assert "<title>2 results for tides" in " ".join(html.split())
    kinds = [
        ("answer", "/articles/high-tide/?faq=what-are-springs#faq-what-are-springs"),
        ("comment", f"/comments/{comment.pk}/"),
    ]
    assert [(kind, url) for kind, url, _, _ in RESULT.findall(html)] == kinds
    assert "<mark>tides</mark> &lt;b&gt;here&lt;/b&gt; are low &amp; late." in html
    assert found("tides", **{"in": "comments"}) == kinds[1:]
    ((kind, url, _, words),) = RESULT.findall(page_of("moon"))
    fact = "Pulled by: the <mark>moon</mark>"
    assert (kind, url, words) == ("article", "/articles/high-tide/", fact)


def test_removed_words_are_not_found_from_the_second_they_go(
    harbour: Article, say: Say, reader: Any
) -> None:
    comment, url = say("A drowned lighthouse."), "/comments/"
    assert found("lighthouse")
    edit_comment(comment, body="A drowned windmill.")
    assert not found("lighthouse")
    assert found("windmill")
    hold(comment, by=None)
    assert not found("windmill")
    other = say("Another windmill.")
    assert found("windmill") == [("comment", f"{url}{other.pk}/")]
    delete_comment(other)
    assert not found("windmill")


def test_a_withdrawn_article_takes_all_with_it(harbour: Article, say: Say) -> None:
    say("Highest of all.")
    assert len(found("highest")) == 2
    withdraw_article(harbour, by=None)
    assert not found("highest")
    publish_article(harbour, by=None)
    assert len(found("highest")) == 2


def test_one_discussion_is_searched(harbour: Article, say: Say) -> None:
    comment = say("The ferry is late.")
    elsewhere = Article(title="Ferries", body="A ferry.", status="published")
    save_article(elsewhere, facts=[], faq=[])
    assert len(found("ferry")) == 2
    assert found("ferry", article="high-tide") == [("comment", f"/comments/{comment.pk}/")]
    assert found("ferry", article=elsewhere.slug) == [("article", elsewhere.get_absolute_url())]


def test_the_most_helpful_comments_come_first_page_by_page(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results, "PER_PAGE", 2)
    comments = [say(f"Ferry number {number}.") for number in range(5)]
    Comment.objects.filter(pk=comments[1].pk).update(rank=7)
    urls, html = [], page_of("ferry", **{"in": "comments"})
    while True:
        urls += [url for _, url, _, _ in RESULT.findall(html)]
        following = re.search(r'href="(\?[^"]*after=[^"]*)"', html)
        if not following:
            break
        html = Client().get("/search/" + following[1].replace("&amp;", "&")).content.decode()
    assert urls == [f"/comments/{comments[place].pk}/" for place in (1, 4, 3, 2, 0)]


def test_a_common_word_ranks_its_newest_and_says_so(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    (kind,) = (kind for kind in results.KINDS if kind.name == "comments")
    comments = [say(f"Ferry {number}.") for number in range(4)]
    few = results.replace(kind, ranked=2)
    monkeypatch.setattr(results, "KINDS", [few])
    monkeypatch.setattr(newest, "FIRST_RANGE", 2)
    html = page_of("ferry")
    assert heading_of(html) == "More than 100 results for ferry"
    assert "The newest were looked through" in html
    assert [url for _, url, _, _ in RESULT.findall(html)] == [
        f"/comments/{comment.pk}/" for comment in (comments[3], comments[2])
    ]


def test_a_slip_is_forgiven_where_a_word_finds_nothing(harbour: Article, say: Say) -> None:
    say("A lighthouse on the cliff.")
    while known_words.learn():
        pass
    html = page_of("ligthouse cliff")
    assert heading_of(html) == "1 result for lighthouse cliff"
    assert "Showing results for <b>lighthouse cliff</b>" in html
    assert heading_of(page_of("zzzzzz")) == "No results for zzzzzz"


def test_known_words_that_nobody_says_any_more_are_forgotten(harbour: Article, say: Say) -> None:
    comment = say("A lighthouse.")
    while known_words.learn():
        pass
    delete_comment(comment)
    assert not found("ligthouse")
    known_words.Progress.objects.update(checked_at="2026-01-01T00:00Z")
    known_words.check()
    words = {*known_words.KnownWord.objects.values_list("word", flat=True)}
    assert "lighthouse" not in words
    assert "harbour" in words


def test_nothing_found_offers_topics_and_asking(harbour: Article) -> None:
    html = page_of("quinoa")
    assert '<a class="btn" href="/articles/high-tide/#compose">Ask it</a>' in html
    assert 'href="/topics/tides/"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_no_input_is_an_error(harbour: Article, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "SEARCH_FROM_NETWORK", (Rate("search", 10**6, 60),))
    names = ["search_query", "sqli", "blns", "unicode", "orm_leak", "param_value"]
    texts = [text for name in names for text in payloads(name)]
    browser = Client()
    sent = [str(text)[:400].encode("utf-8", "replace").decode() for text in texts]
    for text in part(sent, one_in=10, first=3):
        data = {"q": text, "in": text, "article": text, "after": text}
        assert browser.get("/search/", data).status_code == 200, text
        assert browser.get("/search/", {"q": text}).status_code == 200, text


def test_too_many_searches_keep_what_was_typed(
    harbour: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SEARCH_FROM_NETWORK", (Rate("search", 1, 60),))
    page_of("moon")
    response = Client().get("/search/", {"q": "moon"})
    assert response.status_code == 429
    assert 'value="moon"' in response.content.decode()


def test_a_page_costs_the_same_for_any_number_of_results(
    harbour: Article, say: Say, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = Client()
    for _ in range(3):
        say("The moon, and springs.")
    browser.get("/search/?q=moon")
    with django_assert_num_queries(COST):
        browser.get("/search/?q=springs")
    for _ in range(5):
        say("More springs.")
    with django_assert_num_queries(COST):
        browser.get("/search/?q=springs")


# The limit, three of each kind (highest key, keys, rows); an article with facts.
COST = 13


def test_the_field_is_on_every_page_and_costs_nothing(harbour: Article) -> None:
    home = Client().get("/").content.decode()
    assert '<form class="find" role="search" action="/search/">' in home
    missing = Client().get("/nowhere/")
    assert missing.status_code == 404
    assert 'role="search"' in missing.content.decode()


def test_topics_are_listed_with_their_articles(harbour: Article) -> None:
    html = " ".join(Client().get("/topics/").content.decode().split())
    assert '<a href="/topics/tides/">Tides</a>' in html
    assert "1 article " in html


def test_words_of_existing_rows_are_filled_in(harbour: Article, say: Say) -> None:
    comment = say("A lighthouse.")
    for model in (Article, FAQEntry, Comment):
        model._base_manager.update(search_words="")
    assert not found("lighthouse")
    call_command("check_integrity", "--repair", verbosity=0)
    assert found("lighthouse") == [("comment", f"/comments/{comment.pk}/")]


def test_a_slip_in_a_run_without_spaces_is_forgiven(say: Say) -> None:
    comment = say("我在北京大学学习。")
    html = page_of("北京大雪")
    assert heading_of(html) == "1 result for 北京"
    assert f"/comments/{comment.pk}/" in html


def test_other_pages_do_not_read_the_words_of_what_they_show(
    harbour: Article, say: Say, reader: User, client: Client
) -> None:
    say("High tide comes later.", by=reader)
    with CaptureQueriesContext(connection) as queries:
        for address in ("/", harbour.get_absolute_url(), reader.get_absolute_url()):
            assert client.get(address).status_code == 200
    assert [query for query in queries.captured_queries if "search_words" in query["sql"]] == []
