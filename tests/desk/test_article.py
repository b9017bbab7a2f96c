"""Write an article at the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Article, ArticleAuthor, Fact
from forum.models import Comment
from tests.desk.forms import NEW, fields, written

FACTS = [{"label": "Yeast", "value": "1 %"}, {"text": "Salt slows it."}]
QUESTIONS = [
    {"question": "How long?", "answer": "An *hour*."},
    {"question": "How warm?", "answer": "26 °C."},
]


def at(article: Article) -> str:
    return f"/desk/articles/{article.pk}/"


def test_a_new_article_is_saved_with_all_its_parts(editor: Client) -> None:
    sent = written(
        editor,
        title="Why bread rises",
        body="Yeast breathes.",
        short_answer="Gas.",
        facts=FACTS,
        faq=QUESTIONS,
        sources=[{"title": "On Food", "url": "example.org"}],
        authors=[{"name": "A Guest", "url": "https://guest.example/"}],
    )
    answer = editor.post(NEW, sent | {"act": "save"})
    article = Article.objects.get()
    assert answer.headers["Location"] == at(article)
    assert (article.slug, article.status) == ("why-bread-rises", "draft")
    assert [str(fact) for fact in article.facts.all()] == ["Yeast: 1 %", "Salt slows it."]
    assert [(entry.slug, entry.position) for entry in article.faq.all()] == [
        ("how-long", 1),
        ("how-warm", 2),
    ]
    assert article.faq.all()[0].answer_html == "<p>An <em>hour</em>.</p>"
    assert article.sources == [{"title": "On Food", "url": "https://example.org"}]
    assert [str(author) for author in article.authors.all()] == ["A Guest"]
    editor.post(at(article), written(editor, at(article)) | {"act": "publish"})
    page = editor.get("/articles/why-bread-rises/").text
    assert 'By <a href="https://guest.example/"><b><bdi>A Guest</bdi></b></a>' in page
    assert ">On Food</a>" in page


def test_rows_are_added_moved_and_removed_without_javascript(
    editor: Client, with_questions: Article
) -> None:
    def press(sent: dict[str, object], command: str) -> dict[str, object]:
        page = editor.post(at(with_questions), sent | {"row": command})
        assert page.status_code == 200
        return fields(page.text)

    sent = written(editor, at(with_questions), title="Typed")
    first, second, third = sent["faq"]
    sent = press(sent, f"down faq {first}")
    assert sent["faq"] == [second, first, third]
    sent = press(sent, f"remove faq {third}")
    sent = press(sent, "add faq")
    sent |= {"faq-n1-question": "Fourth?", "faq-n1-answer": "Yes."}
    assert (sent["title"], with_questions.faq.count()) == (["Typed"], 3)
    editor.post(at(with_questions), sent | {"act": "save"})
    assert [entry.question for entry in with_questions.faq.all()] == [
        "Second?",
        "First?",
        "Fourth?",
    ]


@pytest.mark.parametrize("command", ["", "up", "up faq", "remove faq 99", "add rows", "x faq 1 2"])
def test_a_button_that_is_not_there_changes_nothing(
    editor: Client, with_questions: Article, command: str
) -> None:
    sent = written(editor, at(with_questions))
    page = editor.post(at(with_questions), sent | {"row": command})
    assert fields(page.text)["faq"] == sent["faq"]


def test_errors_stand_at_their_field_and_above_all(editor: Client) -> None:
    sent = written(
        editor,
        short_answer="word " * 51,
        facts=[{"label": "Yeast"}, {"label": "Salt", "value": "1 %", "text": "It slows."}],
        faq=[
            {"question": "How?", "slug": "how", "answer": "So."},
            {"question": "How much?", "slug": "how", "answer": "So."},
        ],
        authors=[{"name": ""}],
    )
    page = editor.post(NEW, sent | {"act": "publish"})
    assert page.status_code == 422
    linked = [(problem.field, problem.message) for problem in page.context["problems"]]
    assert linked == [
        ("id_title", "Enter a title."),
        ("id_short_answer", "The short answer has 51 words. Use at most 50."),
        ("id_body", "Write the text."),
        ("id_facts-new0-label", "Enter a text, or a label with its value."),
        ("id_facts-new1-text", "Enter either a label with its value, or a line of text."),
        ("id_faq-new1-slug", "Another question has this anchor. Choose another one."),
    ]
    assert '<a href="#id_title">' in page.text
    assert not Article.objects.exists()


def test_an_article_that_was_not_changed_is_not_updated(
    editor: Client, with_questions: Article
) -> None:
    before = with_questions.updated_at
    editor.post(at(with_questions), written(editor, at(with_questions)) | {"act": "save"})
    sent = written(editor, at(with_questions))
    sent["body"] = sent["body"][0].replace("\n", "\r\n")
    editor.post(at(with_questions), sent | {"act": "save"})
    with_questions.refresh_from_db()
    assert with_questions.updated_at == before
    first = sent["faq"][0]
    editor.post(at(with_questions), sent | {f"faq-{first}-answer": "So.\r\n\r\nIt is."})
    with_questions.refresh_from_db()
    assert with_questions.updated_at > before
    assert with_questions.faq.all()[0].answer == "So.\n\nIt is."
    assert "\r" not in with_questions.body


def test_two_questions_can_swap_their_anchors(editor: Client, with_questions: Article) -> None:
    first, second, *_ = with_questions.faq.all()
    swapped = {f"faq-{first.pk}-slug": second.slug, f"faq-{second.pk}-slug": first.slug}
    editor.post(at(with_questions), written(editor, at(with_questions)) | swapped | {"act": "save"})
    assert [entry.slug for entry in with_questions.faq.all()][:2] == [second.slug, first.slug]


def test_a_fact_keeps_its_row_and_an_emptied_one_goes(editor: Client, article: Article) -> None:
    kept = Fact.objects.create(article=article, text="Salt slows it.", position=1)
    gone = Fact.objects.create(article=article, text="Milk, too.", position=2)
    sent = written(editor, at(article)) | {f"facts-{kept.pk}-text": "Salt stops it."}
    editor.post(at(article), sent | {f"facts-{gone.pk}-text": "", "act": "save"})
    assert [(fact.pk, fact.text) for fact in article.facts.all()] == [(kept.pk, "Salt stops it.")]


def test_a_preview_shows_the_page_and_saves_nothing(
    editor: Client, with_questions: Article
) -> None:
    sent = written(editor, at(with_questions), title="Not yet", preview="1")
    page = editor.post(at(with_questions), sent)
    assert "Not yet</h1>" in page.text
    assert "Second?" in page.text
    with_questions.refresh_from_db()
    assert with_questions.title == "Why high tide comes later"
    page = editor.post(at(with_questions), sent | {"title": ""})
    assert page.status_code == 422
    assert "<textarea" not in page.text


def test_an_address_that_is_changed_leads_on_and_is_not_taken_by_another(
    editor: Client, article: Article
) -> None:
    editor.post(at(article), written(editor, at(article), slug="later-tides") | {"act": "save"})
    assert "high-tide" in editor.get(at(article)).text
    assert editor.get("/articles/high-tide/").headers["Location"] == "/articles/later-tides/"
    sent = written(editor, title="Other", body="Words.", slug="high-tide")
    page = editor.post(NEW, sent | {"act": "save"})
    assert f"This address redirects to “{article.title}”. Choose another one." in page.text


def test_an_article_is_scheduled_and_withdrawn(editor: Client) -> None:
    sent = written(editor, title="Later", body="Words.", published_at="2090-01-01T08:00")
    editor.post(NEW, sent | {"act": "publish"})
    article = Article.objects.get()
    assert article.is_scheduled
    editor.post(at(article), written(editor, at(article)) | {"act": "withdraw"})
    article.refresh_from_db()
    assert article.status == "draft"


def test_a_text_and_its_answers_have_so_many_signs_together(editor: Client) -> None:
    faq = [{"question": f"How {number}?", "answer": "a* " * 9_000} for number in range(2)]
    sent = written(editor, title="Long", body="a* " * 9_000, faq=faq)
    page = editor.post(NEW, sent | {"act": "save"})
    assert "have 27,000 punctuation marks and line breaks: the limit is 20,000." in page.text
    assert not Article.objects.exists()


def test_replies_of_another_author_are_those_of_the_author(
    editor: Client, article: Article, say: Callable[..., Comment], reader: User
) -> None:
    head = say("Why?")
    reply = say("So.", parent=head, by=reader)
    Article.objects.filter(pk=article.pk).update(author=None)
    User.objects.filter(pk=reader.pk).update(is_staff=True)
    sent = written(editor, at(article), authors=[{"person": str(reader.pk)}]) | {"act": "save"}
    editor.post(at(article), sent)
    head.refresh_from_db()
    assert head.latest_author_reply == reply.pk
    editor.post(at(article), written(editor, at(article), authors=[]) | {"act": "save"})
    head.refresh_from_db()
    assert head.latest_author_reply is None


def test_several_authors_are_named_in_their_order(
    editor: Client, client: Client, article: Article
) -> None:
    maren = article.author_id
    sent = written(editor, at(article), authors=[{"name": "A Guest"}, {"person": str(maren)}])
    editor.post(at(article), sent | {"act": "save"})
    page = client.get("/articles/high-tide/").text
    assert page.index("A Guest</bdi></b> and <a") < page.index("Maren Holt")
    assert '"author":[{"@type":"Person","name":"A Guest"},{"@type":"Person","name":"Maren' in page
    assert "<name>A Guest, Maren Holt</name>" in client.get("/feeds/articles/").text
    assert article.title in client.get("/people/Maren%20Holt/").text
    article.refresh_from_db()
    assert article.author_id == maren
    editor.post(at(article), written(editor, at(article), authors=[]) | {"act": "save"})
    assert not ArticleAuthor.objects.exists()
