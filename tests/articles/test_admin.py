import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from articles.models import Article, Fact
from articles.writing import render_and_save
from tests.articles.admin_form import added, change, form

ADD = "/admin/articles/article/add/"


@pytest.fixture
def editor_of_articles(client_of: Callable[[User], Client], reader: User) -> Client:
    """A person who may edit articles, and not see people."""
    reader.is_staff = True
    reader.save()
    reader.user_permissions.set(Permission.objects.filter(content_type__app_label="articles"))
    return client_of(reader)


def test_a_new_article_is_saved_with_its_facts_and_questions(editor: Client) -> None:
    facts = added("facts", {"label": "Yeast", "value": "1 %"}, {"text": "Salt slows it."})
    faq = added(
        "faq",
        {"question": "How long?", "answer": "An *hour*."},
        {"question": "How warm?", "answer": "26 °C."},
    )
    editor.post(ADD, form(**facts, **faq))
    article = Article.objects.get()
    assert (article.slug, article.body_html) == (
        "why-bread-rises",
        '<p id="p-1">Yeast breathes.<!--p-1--></p>',
    )
    assert [str(fact) for fact in article.facts.all()] == ["Yeast: 1 %", "Salt slows it."]
    assert [(entry.slug, entry.position) for entry in article.faq.all()] == [
        ("how-long", 1),
        ("how-warm", 2),
    ]
    assert article.faq.all()[0].answer_html == "<p>An <em>hour</em>.</p>"


def test_a_fact_that_says_nothing_is_refused_in_its_row(editor: Client) -> None:
    answer = editor.post(
        ADD, form(**added("facts", {"text": "Salt slows it."}, {"label": "Yeast"}))
    )
    errors = answer.context["inline_admin_formsets"][0].formset.errors
    assert errors[0] == {}
    assert errors[1]["__all__"] == ["Enter a text, or a label with its value."]
    assert not Article.objects.exists()


def test_two_questions_cannot_share_an_anchor(editor: Client) -> None:
    row = {"question": "How long?", "slug": "time", "answer": "An hour."}
    answer = editor.post(ADD, form(**added("faq", row, row | {"question": "How much longer?"})))
    assert answer.status_code == 200
    assert not Article.objects.exists()


def test_an_article_keeps_its_address_when_its_title_changes(
    editor: Client, article: Article
) -> None:
    editor.post(change(article), form(article, title="Another title"))
    article.refresh_from_db()
    assert (article.title, article.slug) == ("Another title", "high-tide")


def test_an_address_that_is_changed_is_listed_and_leads_on(
    editor: Client, article: Article
) -> None:
    editor.post(change(article), form(article, slug="later-tides", status="published"))
    assert "high-tide" in editor.get(change(article)).text
    assert editor.get("/articles/high-tide/").headers["Location"] == "/articles/later-tides/"


def test_an_address_another_article_had_cannot_be_taken(editor: Client, article: Article) -> None:
    article.slug = "later-tides"
    render_and_save(article)
    answer = editor.post(ADD, form(slug="high-tide"))
    assert answer.context["adminform"].form.errors["slug"] == [
        f"This address redirects to “{article.title}”. Choose another one."
    ]


def test_a_preview_shows_the_page_and_saves_nothing(
    editor: Client, with_questions: Article
) -> None:
    answer = editor.post(
        change(with_questions), form(with_questions, title="Not yet", _preview="1")
    )
    assert "Not yet</h1>" in answer.text
    assert "Second?" in answer.text
    with_questions.refresh_from_db()
    assert with_questions.title == "Why high tide comes later"


def test_a_new_article_can_be_previewed(editor: Client) -> None:
    answer = editor.post(ADD, form(_preview="1", **added("facts", {"text": "Salt slows it."})))
    assert "Salt slows it." in answer.text
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("row", "step", "order"),
    [
        (1, -1, ["Second?", "First?", "Third?"]),
        (1, 1, ["First?", "Third?", "Second?"]),
        (0, -1, ["First?", "Second?", "Third?"]),
        (2, 1, ["First?", "Second?", "Third?"]),
    ],
)
def test_buttons_order_the_questions(
    editor: Client, with_questions: Article, row: int, step: int, order: list[str]
) -> None:
    entry = with_questions.faq.all()[row]
    editor.post(change(with_questions), form(with_questions, _move=f"faqentry {entry.pk} {step}"))
    assert [entry.question for entry in with_questions.faq.all()] == order


def test_numbers_order_the_questions(editor: Client, with_questions: Article) -> None:
    editor.post(change(with_questions), form(with_questions, **{"faq-0-position": "9"}))
    assert [entry.question for entry in with_questions.faq.all()] == ["Second?", "Third?", "First?"]


@pytest.mark.parametrize(
    "moved", ["", "fact", "faqentry", "faqentry x 1", "faqentry 99 1", "article 1 1"]
)
def test_a_button_that_is_not_there_moves_nothing(
    editor: Client, with_questions: Article, moved: str
) -> None:
    answer = editor.post(change(with_questions), form(with_questions, _move=moved))
    assert answer.status_code == 302
    assert [entry.position for entry in with_questions.faq.all()] == [1, 2, 3]


def test_a_changed_answer_is_an_update_of_the_article(
    editor: Client, with_questions: Article
) -> None:
    before = with_questions.updated_at
    same = {
        "title": with_questions.title,
        "body": with_questions.body,
        "short_answer": with_questions.short_answer,
    }
    sent = form(with_questions, **same, status="published", topic=with_questions.topic_id)
    editor.post(change(with_questions), sent | {"faq-0-answer": "Otherwise."})
    with_questions.refresh_from_db()
    assert with_questions.updated_at > before
    assert with_questions.faq.all()[0].answer_html == "<p>Otherwise.</p>"


def test_a_fact_can_be_deleted(editor: Client, article: Article) -> None:
    Fact.objects.create(article=article, text="Salt slows it.", position=1)
    editor.post(change(article), form(article, **{"facts-0-DELETE": "on"}))
    assert not article.facts.exists()


def test_the_list_of_articles_can_be_searched_and_filtered(
    editor: Client, article: Article
) -> None:
    assert article.title in editor.get("/admin/articles/article/?q=harbour&status=published").text


def test_a_preview_with_a_mistake_is_no_second_form(editor: Client, article: Article) -> None:
    page = editor.post(change(article), form(article, title="", _preview="1"))
    assert page.status_code == 422
    assert "Title: This field is required." in page.text
    assert "<textarea" not in page.text


def test_an_editor_chooses_the_author_by_name(
    editor_of_articles: Client, article: Article, reader: User, other_reader: User
) -> None:
    page = editor_of_articles.get(change(article)).text
    assert f'<option value="{article.author_id}" selected>{article.author}</option>' in page
    assert reader.username in page
    assert other_reader.username not in page
    editor_of_articles.post(change(article), form(article, author=reader.pk))
    article.refresh_from_db()
    assert article.author == reader


def test_whoever_sees_people_finds_anybody_as_the_author(
    editor: Client, article: Article, other_reader: User
) -> None:
    assert 'data-field-name="author"' in editor.get(change(article)).text
    asked = {
        "term": "tomas",
        "app_label": "articles",
        "model_name": "article",
        "field_name": "author",
    }
    found = editor.get("/admin/autocomplete/", asked).json()["results"]
    assert found == [{"id": str(other_reader.pk), "text": "Tomas Reyle"}]


def test_labels_of_the_admin_begin_alike(editor: Client, article: Article) -> None:
    Fact.objects.create(article=article, text="It rises.", position=1)
    labels = re.findall(r"<label[^>]*>\s*(\w)", editor.get(change(article)).text)
    assert len(labels) > 20
    assert [letter for letter in labels if letter.islower()] == []


def test_the_admin_has_plain_headings_and_the_colours_of_the_site(
    editor: Client, article: Article
) -> None:
    page = editor.get("/admin/").text
    assert "admin/look" in page
    for heading in ("Groups and permissions", "Background tasks", "Articles", "People"):
        assert f">{heading}</a>" in re.sub(r"\s+", " ", page).replace("> ", ">").replace(" <", "<")
    for heading in ("Tasks Database Backend", "Authentication and Authorization"):
        assert heading not in page


def test_a_page_of_the_site_leads_editors_to_the_admin(
    editor: Client, client: Client, article: Article
) -> None:
    assert 'href="/admin/"' in editor.get("/").text
    assert "/admin/" not in client.get("/").text


def test_a_text_and_its_answers_have_so_many_signs_together(editor: Client) -> None:
    faq = added(
        "faq", *({"question": f"How {number}?", "answer": "a* " * 9_000} for number in range(2))
    )
    answer = editor.post(ADD, form(body="a* " * 9_000, **faq))
    assert "have 27,000 punctuation marks and line breaks: the limit is 20,000." in answer.text
    answer = editor.post(ADD, form(body="a* " * 20_001))
    assert "have 20,001 punctuation marks and line breaks: the limit is 20,000." in answer.text
    assert (
        "have 200,001 characters: the limit is 200,000."
        in editor.post(ADD, form(body="a" * 200_001)).text
    )
    assert not Article.objects.exists()
    editor.post(ADD, form(body="a* " * 9_000 + "a " * 80_000))
    assert Article.objects.exists()
