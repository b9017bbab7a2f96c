"""Every save of an article is a revision, which editors compare and restore."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from articles.models import Article, ArticleRevision
from tests.desk.forms import written


def at(article: Article) -> str:
    return f"/desk/articles/{article.pk}/"


def save(client: Client, article: Article, *, act: str = "save", **typed: Any) -> None:
    answer = client.post(at(article), written(client, at(article), **typed) | {"act": act})
    assert answer.status_code == 302, answer.text


def revisions(article: Article) -> list[ArticleRevision]:
    return list(article.revisions.order_by("number"))


def test_a_save_is_a_revision_after_one_of_what_was_there(
    editor: Client, editor_user: User, with_questions: Article
) -> None:
    former = with_questions.body
    save(editor, with_questions, body="Other words.", note="Shorter")
    first, second = revisions(with_questions)
    assert (first.content["body"], first.by) == (former, None)
    assert first.at == with_questions.updated_at
    assert (second.content["body"], second.by, second.note) == (
        "Other words.",
        editor_user,
        "Shorter",
    )
    assert [row["question"] for row in second.content["faq"]] == [
        entry.question for entry in with_questions.faq.all()
    ]


def test_a_save_without_a_change_is_none(editor: Client, article: Article) -> None:
    save(editor, article)
    assert revisions(article) == []


def test_withdrawing_is_a_revision(editor: Client, article: Article) -> None:
    save(editor, article, act="withdraw")
    assert [revision.status for revision in revisions(article)] == ["published", "draft"]


def test_a_preview_is_no_revision(editor: Client, article: Article) -> None:
    sent = written(editor, at(article), body="Not yet.")
    assert "Not yet." in editor.post(at(article), sent | {"preview": "1"}).text
    assert revisions(article) == []


def test_two_revisions_stand_side_by_side(editor: Client, article: Article) -> None:
    save(editor, article, title="First title")
    save(editor, article, title="Second title")
    page = editor.get(f"{at(article)}revisions/3/").text
    assert re.search(r"<del>.*First.*</del>title", page.replace("\n", " "))
    assert re.search(r"<ins>.*Second.*</ins>title", page.replace("\n", " "))
    assert "<h2>Text</h2>" not in page
    assert "First" not in editor.get(f"{at(article)}revisions/3/?with=3").text


def test_a_revision_is_restored_as_a_new_one(editor: Client, with_questions: Article) -> None:
    article = with_questions
    former, anchors = article.body, [entry.slug for entry in article.faq.all()]
    save(editor, article, body="Worse.", faq=[])
    article.refresh_from_db()
    version = article.updated_at.isoformat()
    answer = editor.post(f"{at(article)}revisions/1/", {"version": version})
    assert answer.headers["Location"] == at(article)
    article.refresh_from_db()
    assert article.body == former
    assert [entry.slug for entry in article.faq.all()] == anchors
    assert [revision.note for revision in revisions(article)] == ["", "", "Revision 1 restored"]


@pytest.mark.parametrize("version", ["2026-01-01T00:00:00+00:00", "soon", ""])
def test_nothing_is_restored_over_what_somebody_saved_meanwhile(
    version: str, editor: Client, article: Article
) -> None:
    save(editor, article, body="Other words.")
    answer = editor.post(f"{at(article)}revisions/1/", {"version": version})
    assert answer.status_code == 409
    assert "nothing was restored" in answer.text
    article.refresh_from_db()
    assert article.body == "Other words."


def test_readers_see_what_changed_where_the_editor_says_it(
    editor: Client, client: Client, article: Article
) -> None:
    assert "What changed" not in client.get(article.get_absolute_url()).text
    save(editor, article, body="Half past six.", change_note="The time of the tide was wrong.")
    page = client.get(article.get_absolute_url()).text
    assert "What changed" in page
    assert "The time of the tide was wrong." in page


def test_a_writer_sees_the_revisions_of_own_articles_alone(
    writer: Client, writer_user: User, article: Article
) -> None:
    assert writer.get(f"{at(article)}revisions/").status_code == 403
    Article.objects.filter(pk=article.pk).update(author=writer_user)
    save_first = writer.get(f"{at(article)}revisions/")
    assert "Nothing was changed here yet" in save_first.text
    ArticleRevision.objects.create(article=article, number=1, status="published", content={})
    assert writer.post(f"{at(article)}revisions/1/").status_code == 403


def test_the_list_costs_the_same_for_one_revision_and_many(
    editor: Client,
    editor_user: User,
    article: Article,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in (1, 2, 3):
        ArticleRevision.objects.create(
            article=article, number=number, by=editor_user, status="draft", content={}
        )
    with django_assert_num_queries(8):
        editor.get(f"{at(article)}revisions/")
