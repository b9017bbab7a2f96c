"""A text that was typed at the desk comes back whatever keeps it from being saved."""

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from articles.models.article import OutdatedArticle
from desk.forms.whole import WholeForm
from tests.desk.forms import fields, written


def at(article: Article) -> str:
    return f"/desk/articles/{article.pk}/"


def test_a_save_on_an_older_version_is_refused_with_both_texts(
    editor: Client, with_questions: Article
) -> None:
    sent = written(editor, at(with_questions))
    first, second, _third = sent["faq"]
    theirs = sent | {"body": "Theirs.", f"faq-{first}-answer": "Changed.", "act": "save"}
    editor.post(at(with_questions), theirs | {"faq": [first, second]})
    mine = sent | {"body": "Mine <b>.", f"faq-{second}-answer": "My answer.", "act": "save"}
    page = editor.post(at(with_questions), mine)
    assert page.status_code == 409
    with_questions.refresh_from_db()
    assert with_questions.body == "Theirs."
    compared = {(each.label, each.saved, each.typed) for each in page.context["compared"]}
    assert compared == {
        ("Text", "Theirs.", "Mine <b>."),
        ("Answer", "Changed.", "So."),
        ("Answer", "So.", "My answer."),
        ("Question", "", "Third?"),
        ("Answer", "", "So."),
        ("Anchor", "", "third"),
    }
    assert "Mine &lt;b&gt;.</textarea>" in page.text
    again = fields(page.text) | {"act": "save"}
    assert editor.post(at(with_questions), again).status_code == 302
    assert [entry.answer for entry in with_questions.faq.all()] == ["So.", "My answer.", "So."]


def test_who_is_second_by_a_moment_is_told_as_well(
    editor: Client, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = written(editor, at(article), body="Mine.") | {"act": "save"}
    saving = WholeForm.save

    def too_late(form: WholeForm, **options: str) -> Article:
        Article.objects.filter(pk=article.pk).update(updated_at=timezone.now())
        return saving(form, **options)

    monkeypatch.setattr(WholeForm, "save", too_late)
    page = editor.post(at(article), sent)
    assert page.status_code == 409
    assert "Mine.</textarea>" in page.text


def test_a_text_outlives_the_session(editor: Client, article: Article) -> None:
    sent = written(editor, at(article), body="Typed before the session ended.") | {"act": "save"}
    page = Client().post(at(article), sent)
    assert page.status_code == 403
    assert "Typed before the session ended.</textarea>" in page.text
    assert f'action="{at(article)}" enctype="multipart/form-data"' in page.text
    assert '<input type="hidden" name="act" value="save">' in page.text


def test_a_text_outlives_its_token(editor: Client, article: Article) -> None:
    sent = written(editor, at(article), body="Typed for a day.")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    page = strict.post(at(article), sent | {"act": "save", "csrfmiddlewaretoken": "x" * 32})
    assert page.status_code == 403
    assert "Typed for a day.</textarea>" in page.text


def test_of_two_saves_on_one_version_the_second_is_too_late(article: Article) -> None:
    version = article.updated_at
    Article.objects.begin_save(article.pk, version=version)
    with pytest.raises(OutdatedArticle):
        Article.objects.begin_save(article.pk, version=version)
