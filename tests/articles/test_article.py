import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from articles.models import UNFOLDED_QUESTIONS, Article, Fact, FAQEntry
from articles.models.article import LONG_ARTICLE_WORDS
from articles.writing import render_and_save

HARBOUR = "/articles/high-tide/"


def ask(article: Article, *questions: str) -> None:
    for position, question in enumerate(questions, start=1):
        FAQEntry(
            article=article, position=position, question=question, answer="It *depends*."
        ).render_and_save()


def opened(page: str) -> list[str]:
    """The anchors of the questions whose answers are open."""
    return re.findall(r'<li id="faq-([\w-]+)">\s*<details open>', page)


def test_an_article_is_read_with_its_byline(client: Client, article: Article) -> None:
    page = client.get(HARBOUR).text
    assert '<h1 dir="auto">Why high tide comes later</h1>' in page
    assert "About fifty minutes later each day." in page
    assert "Stand on a harbour wall at noon." in page
    assert '<a href="/topics/tides/">Tides</a>' in page
    assert "Maren Holt" in page
    assert "1 minute read" in page


@pytest.mark.parametrize(
    ("hidden", "note"),
    [
        ({"status": "draft"}, "Draft."),
        ({"published_at": timezone.now() + timedelta(days=1)}, "Scheduled."),
    ],
)
def test_what_is_not_published_is_for_editors(
    client: Client,
    client_of: Callable[[User], Client],
    moderator: User,
    reader: User,
    write: Callable[..., Article],
    hidden: dict[str, Any],
    note: str,
) -> None:
    address = write("Hidden", **hidden).get_absolute_url()
    assert client.get(address).status_code == 404
    assert client_of(reader).get(address).status_code == 404
    assert note in client_of(moderator).get(address).text


def test_a_former_address_leads_to_the_present_one_and_keeps_the_query(
    client: Client, article: Article
) -> None:
    article.slug = "later-tides"
    render_and_save(article)
    answer = client.get(f"{HARBOUR}?faq=how-long&sort=oldest")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/articles/later-tides/?faq=how-long&sort=oldest"


def test_an_address_that_comes_back_is_the_present_one_again(
    client: Client, article: Article
) -> None:
    for slug in ("later-tides", "high-tide"):
        article.slug = slug
        render_and_save(article)
    assert client.get(HARBOUR).status_code == 200
    assert client.get("/articles/later-tides/").status_code == 301


def test_the_former_address_of_a_draft_tells_nothing(
    client: Client, write: Callable[..., Article]
) -> None:
    draft = write("Hidden", status="draft")
    draft.slug = "elsewhere"
    render_and_save(draft)
    assert client.get("/articles/hidden/").status_code == 404


def test_a_few_questions_are_all_open(client: Client, article: Article) -> None:
    ask(article, *(f"Question {number}?" for number in range(UNFOLDED_QUESTIONS)))
    page = client.get(HARBOUR).text
    assert "<details" not in page[page.index('id="faq"') : page.index('id="discussion"')]
    assert page.count("<p>It <em>depends</em>.</p>") == UNFOLDED_QUESTIONS


@pytest.mark.parametrize(
    ("query", "anchors"),
    [
        ("", ["how-0"]),
        ("?faq=how-3", ["how-0", "how-3"]),
        ("?faq=never", ["how-0"]),
        ("?faq=%22%3E", ["how-0"]),
    ],
)
def test_of_many_questions_the_first_and_the_one_asked_for_are_open(
    client: Client, article: Article, query: str, anchors: list[str]
) -> None:
    ask(article, *(f"How {number}?" for number in range(UNFOLDED_QUESTIONS + 1)))
    assert opened(client.get(f"{HARBOUR}{query}").text) == anchors


def test_facts_stand_under_their_own_heading_with_source_and_date(
    client: Client, article: Article
) -> None:
    article.facts_heading = "Tides at a glance"
    render_and_save(article)
    Fact.objects.create(article=article, text="A spring tide has nothing to do with spring.")
    Fact.objects.create(
        article=article,
        label="Lunar day",
        value="24 h 50 min",
        source="NOAA",
        source_url="https://example.org/?a=1&b=2",
        as_of=date(2026, 3, 1),
    )
    page = client.get(HARBOUR).text
    assert '<h2 id="facts-h" dir="auto">Tides at a glance</h2>' in page
    assert '<li dir="auto">A spring tide has nothing to do with spring.' in page
    assert '<dt dir="auto">Lunar day</dt>' in page
    assert '<a href="https://example.org/?a=1&amp;b=2" rel="noopener">NOAA</a>' in page
    assert "March 2026" in page


def test_a_long_article_has_contents(client: Client, article: Article) -> None:
    assert 'class="toc"' not in client.get(HARBOUR).text
    article.body = "word " * LONG_ARTICLE_WORDS
    render_and_save(article)
    assert 'class="toc"' in client.get(HARBOUR).text


def test_an_article_with_questions_has_contents(client: Client, article: Article) -> None:
    FAQEntry(article=article, question="How long?", answer="Fifty minutes.").render_and_save()
    assert (
        '<li><a href="#faq">Questions <span class="num">1</span></a></li>'
        in client.get(HARBOUR).text
    )


def test_search_engines_are_told_one_address(client: Client, article: Article) -> None:
    page = client.get(f"{HARBOUR}?sort=oldest").text
    assert re.search(r'<link rel="canonical" href="http://[^/"]+/articles/high-tide/">', page)
    assert '<meta name="description" content="About fifty minutes later each day.">' in page


def test_an_article_without_a_short_answer_is_described_by_its_beginning(article: Article) -> None:
    article.short_answer = ""
    render_and_save(article)
    assert article.description == "Stand on a harbour wall at noon. The tide will still be rising."


def test_an_article_takes_three_queries_beside_its_discussion(
    client: Client, article: Article
) -> None:
    ask(article, "One?", "Two?")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(HARBOUR)
    asked = [
        query["sql"]
        for query in queries
        if "forum_" not in query["sql"].split("FROM")[1].split()[0]
    ]
    assert len(asked) == 3, asked


def test_an_unchanged_article_was_not_updated(article: Article) -> None:
    assert not article.was_updated
    render_and_save(article, at=timezone.now() + timedelta(days=2))
    assert article.was_updated


def test_a_correction_on_the_day_of_publication_shows_with_its_time(
    client: Client, article: Article
) -> None:
    assert "Updated" not in client.get(HARBOUR).text
    yesterday = timezone.now() - timedelta(days=1)
    article.published_at = yesterday.replace(hour=6, minute=0)
    render_and_save(article, at=article.published_at + timedelta(hours=2))
    assert f"{article.updated_at:%-d %B %Y}, 08:00 UTC</time>" in client.get(HARBOUR).text


def test_two_articles_with_one_title_have_two_addresses(write: Callable[..., Article]) -> None:
    first, second = write("Why bread rises"), write("Why bread rises")
    assert (first.slug, second.slug) == ("why-bread-rises", "why-bread-rises-2")


def test_a_title_of_other_letters_has_an_address(write: Callable[..., Article]) -> None:
    assert write("なぜパンは膨らむのか").slug == "article"


def test_a_question_keeps_its_anchor_when_it_is_reworded(article: Article) -> None:
    ask(article, "How long?", "How long?")
    first, second = article.faq.all()
    first.question = "How long is it?"
    first.render_and_save()
    assert (first.slug, second.slug) == ("how-long", "how-long-2")
