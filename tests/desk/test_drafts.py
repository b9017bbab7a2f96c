"""Text of the desk is kept while it is typed, and one person at a time has a form."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from desk.models import FormLock, KeptForm
from tests.desk.forms import NEW, fields, written

KEEP_NEW = "/desk/articles/new/draft/"


def at(article: Article, more: str = "") -> str:
    return f"/desk/articles/{article.pk}/{more}"


def test_kept_text_is_in_the_form_again_and_goes_when_it_is_saved(
    editor: Client, writer: Client, article: Article
) -> None:
    before = Article.objects.values().get(pk=article.pk)
    sent = written(editor, at(article), body="Typed \x00 & left.", sources=[{"title": "A book"}])
    answer = editor.post(at(article, "draft/"), sent)
    assert "data-saved" in answer.text
    assert Article.objects.values().get(pk=article.pk) == before
    page = editor.get(at(article))
    assert "You have unsaved text from" in page.text
    again = fields(page.text)
    assert again["sources-new0-title"] == ["A book"]
    again["body"] = ["Typed & saved."]
    assert editor.post(at(article, "draft/"), again).status_code == 200
    assert KeptForm.objects.count() == 1
    saved = editor.post(at(article), again | {"act": "save"})
    assert saved.cookies["taken"].value.split(".") == [*again["draft_key"], *again["draft_from"]]
    assert not KeptForm.objects.exists()


def test_a_new_article_is_kept_for_its_person_alone_until_it_is_discarded(
    editor: Client, writer: Client
) -> None:
    writer.post(KEEP_NEW, written(writer, title="Not saved yet"))
    assert "Not saved yet" not in editor.get(NEW).text
    page = writer.get(NEW)
    assert fields(page.text)["title"] == ["Not saved yet"]
    writer.post(KEEP_NEW, fields(page.text) | {"discard": "1"})
    assert "Not saved yet" not in writer.get(NEW).text


def test_what_was_refused_is_kept_as_well(editor: Client, article: Article) -> None:
    page = editor.post(at(article), written(editor, at(article), title="") | {"act": "save"})
    assert page.status_code == 422
    assert fields(editor.get(at(article)).text)["title"] == [""]


def test_who_may_not_write_keeps_nothing(
    reader: User, client_of: Callable[[User], Client], article: Article
) -> None:
    for client in (Client(), client_of(reader)):
        assert client.post(at(article, "draft/"), {"body": "No."}).status_code == 403
    assert not KeptForm.objects.exists()


def test_a_kept_text_goes_after_ninety_days(editor: Client) -> None:
    editor.post(KEEP_NEW, written(editor, title="Old"))
    KeptForm.objects.expire()
    assert KeptForm.objects.update(kept_at=timezone.now() - timedelta(days=91)) == 1
    KeptForm.objects.expire()
    assert not KeptForm.objects.exists()


def test_who_has_the_form_is_told_when_another_takes_it_over(
    editor: Client,
    editor_user: User,
    moderator: User,
    client_of: Callable[[User], Client],
    article: Article,
) -> None:
    other, beat = client_of(moderator), {"beat": "1"}
    assert "Take over" not in editor.post(at(article, "draft/"), beat).text
    assert str(editor_user) in other.post(at(article, "draft/"), beat).text
    sent = written(other, at(article), body="Theirs.")
    assert other.post(at(article, "draft/"), sent | {"take_over": "1"}).status_code == 302
    assert fields(other.get(at(article)).text)["body"] == ["Theirs."]
    answer = editor.post(at(article, "draft/"), beat)
    assert str(moderator) in answer.text
    assert "Take over" in answer.text


def test_a_form_is_free_after_two_minutes_of_silence(
    editor_user: User, moderator: User, article: Article
) -> None:
    FormLock.objects.renew(article, by=editor_user)
    FormLock.objects.update(seen_at=timezone.now() - timedelta(seconds=121))
    assert FormLock.objects.holder(article) is None
    lock = FormLock.objects.renew(article, by=moderator)
    assert lock
    assert lock.person == moderator
