import importlib
from collections.abc import Callable

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Fact, FAQEntry, Passage
from articles.writing import render_and_save, save_passages

NOON, RISING, LATER = (
    "Stand on a harbour wall at noon.",
    "The tide will still be rising.",
    "It comes later each day.",
)


@pytest.fixture
def harbour(article: Article) -> Article:
    Fact.objects.create(article=article, position=1, label="From tide to tide", value="12 h 25 min")
    FAQEntry(
        article=article, question="How much later?", slug="later", answer="About *fifty* minutes."
    ).render_and_save()
    save_passages(article)
    return article


def rewrite(article: Article, *paragraphs: str) -> None:
    article.body = "\n\n".join(paragraphs)
    render_and_save(article)


def standing(article: Article) -> dict[str, str]:
    return dict(
        article.passages.filter(gone_at=None, kind="paragraph")
        .order_by("position")
        .values_list("anchor", "words")
    )


def test_paragraph_fact_and_answer_have_an_id(harbour: Article) -> None:
    assert list(harbour.passages.order_by("pk").values_list("anchor", "words")) == [
        ("p-1", NOON),
        ("p-2", RISING),
        ("fact-1", "From tide to tide: 12 h 25 min"),
        ("faq-later", "How much later? About fifty minutes."),
    ]


def test_the_page_carries_the_ids(harbour: Article) -> None:
    page = Client().get("/articles/high-tide/").content.decode()
    assert [page.count(f'id="{anchor}"') for anchor in ("p-1", "p-2", "fact-1", "faq-later")] == [
        1,
        1,
        1,
        1,
    ]


def test_an_id_is_kept_through_an_edit_and_the_edition_grows(article: Article) -> None:
    rewrite(article, NOON, "The tide will still be falling.")
    assert standing(article) == {"p-1": NOON, "p-2": "The tide will still be falling."}
    assert [passage.edition for passage in article.passages.order_by("pk")] == [1, 2]


def test_an_id_is_kept_through_reordering(article: Article) -> None:
    rewrite(article, LATER, RISING, NOON)
    assert list(standing(article).items()) == [("p-3", LATER), ("p-2", RISING), ("p-1", NOON)]
    assert set(article.passages.values_list("edition", flat=True)) == {1}


def test_a_paragraph_that_is_gone_leaves_its_words_and_its_id_to_nobody(article: Article) -> None:
    rewrite(article, NOON)
    rewrite(article, NOON, LATER)
    assert standing(article) == {"p-1": NOON, "p-3": LATER}
    gone = article.passages.get(anchor="p-2")
    assert gone.gone_at
    assert gone.words == RISING


def test_words_that_return_are_the_same_passage(article: Article) -> None:
    rewrite(article, NOON)
    rewrite(article, RISING, NOON)
    assert list(standing(article)) == ["p-2", "p-1"]
    assert set(article.passages.values_list("edition", flat=True)) == {1}


def test_a_fact_and_an_answer_are_known_by_their_rows(harbour: Article) -> None:
    harbour.facts.update(value="half a day")
    entry = harbour.faq.get()
    entry.question, entry.answer = "And then?", "Something else."
    entry.render_and_save()
    save_passages(harbour)
    changed = (
        harbour.passages.exclude(kind="paragraph")
        .order_by("pk")
        .values_list("anchor", "words", "edition")
    )
    assert list(changed) == [
        ("fact-1", "From tide to tide: half a day", 2),
        ("faq-later", "And then? Something else.", 2),
    ]


def test_a_fact_that_is_deleted_is_gone_and_returns_with_its_words(harbour: Article) -> None:
    harbour.facts.all().delete()
    save_passages(harbour)
    assert harbour.passages.get(anchor="fact-1").gone_at
    Fact.objects.create(article=harbour, label="From tide to tide", value="12 h 25 min")
    save_passages(harbour)
    assert harbour.passages.get(kind="fact", gone_at=None).anchor == "fact-1"


def test_an_answer_whose_anchor_was_changed_is_found_under_both(harbour: Article) -> None:
    harbour.faq.update(slug="how-much")
    save_passages(harbour)
    page = Client().get("/articles/high-tide/").content.decode()
    assert 'id="faq-how-much"' in page
    assert 'id="faq-later"' in page


def test_a_block_without_words_has_no_id(article: Article) -> None:
    rewrite(article, "-", NOON)
    assert standing(article) == {"p-1": NOON}


def test_a_writer_has_no_say_in_ids(article: Article) -> None:
    rewrite(article, '<p id="faq">One</p>', "[a](#p-9){#p-9}")
    assert '<p id="faq"' not in article.body_html
    assert 'id="p-9"' not in article.body_html


@pytest.mark.parametrize("paragraphs", [2, 150])
def test_writing_costs_the_same_number_of_queries(
    paragraphs: int, article: Article, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(16):
        rewrite(article, *(f"Paragraph {number} of many." for number in range(paragraphs)))


def test_articles_written_before_get_their_ids_by_migrating(harbour: Article) -> None:
    Passage.objects.all().delete()
    Article.objects.update(body_html=f"<p>{NOON}</p>\n<h2>Then</h2>\n<p>{RISING}</p>")
    migration: Callable[..., None] = importlib.import_module(
        "articles.migrations.0004_passages_of_articles"
    ).name_passages
    migration(apps, None)
    harbour.refresh_from_db()
    assert '<p id="p-2">' in harbour.body_html
    before = list(harbour.passages.values_list("anchor", "words").order_by("pk"))
    render_and_save(harbour)
    assert list(harbour.passages.values_list("anchor", "words").order_by("pk")) == before
