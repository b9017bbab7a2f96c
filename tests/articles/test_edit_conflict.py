"""Two editors who save the same article."""

import re

import pytest
from django.test import Client

from articles.models import Article
from articles.models.article import OutdatedArticle
from tests.articles.admin_form import added, change, form


def version_in(page: str) -> str:
    return re.search(r'name="version" value="([^"]*)"', page)[1]  # type: ignore[index]


def test_a_save_on_an_older_version_is_refused_with_both_texts(
    editor: Client, with_questions: Article
) -> None:
    version = version_in(editor.get(change(with_questions)).text)
    second = with_questions.faq.all()[1]
    editor.post(change(with_questions), form(with_questions, body="Theirs.", version=version))
    mine = form(with_questions, body="Mine <b>.", version=version) | {"faq-1-answer": "My answer."}
    page = editor.post(change(with_questions), mine)
    with_questions.refresh_from_db()
    assert with_questions.body == "Theirs."
    assert "Somebody saved this article while you were editing it." in page.text
    compared = {(each.label, each.saved, each.typed) for each in page.context["compared"]}
    assert compared == {("Text", "Theirs.", "Mine <b>."), ("Answer", "So.", "My answer.")}
    assert "Mine &lt;b&gt;.</textarea>" in page.text
    again = mine | {"version": version_in(page.text)}
    assert editor.post(change(with_questions), again).status_code == 302
    second.refresh_from_db()
    assert second.answer == "My answer."


@pytest.mark.parametrize("theirs", ["changed", "added", "removed"])
def test_what_others_did_to_its_questions_is_told_as_well(
    editor: Client, with_questions: Article, theirs: str
) -> None:
    version = version_in(editor.get(change(with_questions)).text)
    mine = form(with_questions, title="Mine", version=version)
    sent = form(with_questions, version=version)
    if theirs == "changed":
        sent["faq-0-answer"] = "Changed."
    elif theirs == "removed":
        sent["faq-0-DELETE"] = "on"
    else:
        new = added("faq", {"question": "New?", "answer": "Yes."})
        sent |= {
            f"faq-3-{name.rpartition('-')[2]}": value
            for name, value in new.items()
            if "-0-" in name
        }
        sent["faq-TOTAL_FORMS"] = 4
    assert editor.post(change(with_questions), sent).status_code == 302
    page = editor.post(change(with_questions), mine)
    with_questions.refresh_from_db()
    assert with_questions.title != "Mine"
    assert page.status_code == 200
    assert "Somebody saved this article" in page.text


def test_of_two_saves_on_one_version_the_second_is_too_late(article: Article) -> None:
    version = article.updated_at
    Article.objects.begin_save(article.pk, version=version)
    with pytest.raises(OutdatedArticle):
        Article.objects.begin_save(article.pk, version=version)
