"""Writers have their own drafts; editors have everything; readers nothing."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Article, ArticleAuthor
from forum.models import Comment
from tests.desk.forms import NEW, written


@pytest.fixture
def own(writer_user: User) -> Article:
    return Article.objects.create(title="Mine", slug="mine", body="Words.", author=writer_user)


def at(article: Article) -> str:
    return f"/desk/articles/{article.pk}/"


def test_a_writer_starts_and_changes_their_own_drafts(writer: Client, writer_user: User) -> None:
    sent = written(writer, title="A draft", body="Words.")
    writer.post(NEW, sent | {"act": "save", "published_at": "2020-01-01T08:00", "slug": "taken"})
    article = Article.objects.get()
    assert (article.author, article.status, article.slug) == (writer_user, "draft", "a-draft")
    assert article.published_at is None
    writer.post(at(article), written(writer, at(article), title="Again") | {"act": "save"})
    assert "Again" in writer.get("/desk/").text
    assert "Again" in writer.get("/articles/a-draft/").text


def test_a_writer_publishes_nothing(writer: Client, own: Article) -> None:
    sent = written(writer, at(own))
    assert writer.post(at(own), sent | {"act": "publish"}).status_code == 403
    several = {"articles": [own.pk], "act": "publish"}
    assert writer.post("/desk/several/", several).status_code == 403
    own.refresh_from_db()
    assert own.status == "draft"


def test_drafts_of_others_are_closed_to_a_writer(
    writer: Client, own: Article, writer_user: User, author: User
) -> None:
    Article.objects.filter(pk=own.pk).update(author=author)
    assert writer.get(at(own)).status_code == 403
    assert writer.get("/articles/mine/").status_code == 404
    assert "Mine" not in writer.get("/desk/").text
    ArticleAuthor.objects.create(article=own, person=writer_user)
    Article.objects.filter(pk=own.pk).update(has_byline=True)
    assert writer.get(at(own)).status_code == 200
    assert "Mine" in writer.get("/desk/").text


def test_a_text_is_shown_again_if_the_article_was_published_meanwhile(
    writer: Client, own: Article
) -> None:
    sent = written(writer, at(own), body="The end of it.")
    own.status = "published"
    own.published_at = own.updated_at
    own.save()
    page = writer.post(at(own), sent | {"act": "save"})
    assert page.status_code == 403
    assert "The end of it." in page.text
    assert 'value="save"' not in page.text
    assert writer.get(at(own)).headers["Location"] == "/articles/mine/"


def test_an_article_leads_to_its_form_whoever_may_change_it(
    editor: Client, writer: Client, client: Client, article: Article
) -> None:
    link = f'href="{at(article)}"'
    pages = [browser.get("/articles/high-tide/").text for browser in (editor, writer, client)]
    assert [link in page for page in pages] == [True, False, False]


@pytest.mark.parametrize("path", ["/desk/", NEW])
def test_readers_are_refused(
    path: str, client: Client, reader: User, client_of: Callable[[User], Client]
) -> None:
    assert client.get(path).headers["Location"].startswith("/accounts/login/")
    assert client_of(reader).get(path).status_code == 403


def test_former_addresses_lead_to_the_desk(editor: Client, article: Article) -> None:
    admin = f"/admin/articles/article/{article.pk}/change/"
    moved = {
        "/admin/articles/article/add/": NEW,
        admin: at(article),
        "/editors/questions/?settled=yes": "/desk/questions/?settled=yes",
        "/editors/corrections/": "/desk/corrections/",
    }
    assert {path: editor.get(path).headers["Location"] for path in moved} == moved


def test_an_article_is_deleted_after_a_page_that_says_what_goes(
    editor: Client, writer: Client, say: Callable[..., Comment], article: Article
) -> None:
    say("A comment.")
    address = f"{at(article)}delete/"
    assert writer.post(address).status_code == 403
    assert f'href="{address}"' in editor.get(at(article)).text
    assert "former addresses and 1 comment" in editor.get(address).text
    assert editor.post(address).headers["Location"] == "/desk/"
    assert not Article.objects.exists()
