"""The lists of what readers ask of the editors."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.models import Article
from forum.discussion.models.about import AboutFields, fields_about
from forum.models import Comment, Discussion
from forum.moderation import decisions
from forum.posting.edit import delete_comment
from forum.posting.post import post_comment
from tests.conftest import person

QUESTIONS, CORRECTIONS = "/desk/questions/", "/desk/corrections/"


@pytest.fixture
def editor(db: None, client_of: Callable[[User], Client]) -> Client:
    editor = person("Edda Lund")
    editor.user_permissions.add(Permission.objects.get(codename="change_article"))
    return client_of(editor)


@pytest.fixture
def ask(article: Article, discussion: Discussion, reader: User) -> Callable[..., Comment]:
    def post(body: str, kind: str = "question") -> Comment:
        tie: AboutFields = {**fields_about(article.passages.get(anchor="p-1")), "kind": kind}
        return post_comment(discussion, by=reader, body=body, key=body, **tie)

    return post


def listed(client: Client, address: str) -> list[str]:
    return [comment.body for comment in client.get(address).context["page"].comments]


def test_questions_and_corrections_have_a_list_each(
    editor: Client, ask: Callable[..., Comment]
) -> None:
    ask("Which wall?")
    ask("It was the pier.", "correction")
    assert listed(editor, QUESTIONS) == ["Which wall?"]
    assert listed(editor, CORRECTIONS) == ["It was the pier."]


def test_a_row_leads_to_the_article_the_passage_and_an_answer(
    editor: Client, ask: Callable[..., Comment]
) -> None:
    comment = ask("Which wall?")
    page = editor.get(QUESTIONS).content.decode()
    for address in (
        "/articles/high-tide/",
        "/articles/high-tide/passages/p-1/",
        f"/comments/{comment.pk}/reply/",
    ):
        assert f'href="{address}"' in page


def test_what_is_settled_leaves_the_list_and_comes_back(
    editor: Client, ask: Callable[..., Comment]
) -> None:
    comment = ask("Which wall?")
    assert editor.post(f"/comments/{comment.pk}/settled/", {"settled": "yes"}).url == QUESTIONS
    assert listed(editor, QUESTIONS) == []
    assert listed(editor, f"{QUESTIONS}?settled=yes") == ["Which wall?"]
    editor.post(f"/comments/{comment.pk}/settled/", {"settled": "no"})
    assert listed(editor, QUESTIONS) == ["Which wall?"]


def test_what_was_taken_away_asks_nothing(
    editor: Client, ask: Callable[..., Comment], moderator: User
) -> None:
    decisions.remove(ask("Spam?"), by=moderator, reason="spam")
    delete_comment(ask("Never mind?"))
    assert listed(editor, QUESTIONS) == []


def test_a_list_goes_on_by_cursor_at_the_same_cost(
    editor: Client, discussion: Discussion, reader: User
) -> None:
    for number in range(35):
        post_comment(discussion, by=None, body=f"{number}?", key=str(number), kind="question")
    with CaptureQueriesContext(connection) as queries:
        page = editor.get(QUESTIONS).context["page"]
    assert len(queries) <= 6
    assert listed(editor, f"{QUESTIONS}?after={page.next_cursor}") == ["4?", "3?", "2?", "1?", "0?"]


def test_empty_lists_say_so(editor: Client) -> None:
    assert "No open corrections." in editor.get(CORRECTIONS).content.decode()
    assert (
        "Nothing is marked as done yet" in editor.get(f"{CORRECTIONS}?settled=yes").content.decode()
    )


def test_a_comment_that_asks_nothing_cannot_be_settled(
    editor: Client, say: Callable[..., Comment]
) -> None:
    assert editor.post(f"/comments/{say('Hm.').pk}/settled/").status_code == 404


@pytest.mark.parametrize("address", [QUESTIONS, CORRECTIONS])
def test_the_lists_are_for_editors(
    address: str, reader: User, client_of: Callable[[User], Client]
) -> None:
    assert Client().get(address).url.startswith("/accounts/login/")
    assert client_of(reader).get(address).status_code == 403


def test_readers_settle_nothing(
    ask: Callable[..., Comment], reader: User, client_of: Callable[[User], Client]
) -> None:
    comment = ask("Which wall?")
    assert client_of(reader).post(f"/comments/{comment.pk}/settled/").status_code == 403
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_only_editors_are_led_to_the_lists(
    moderator: User, reader: User, client_of: Callable[[User], Client]
) -> None:
    pages = [
        client.get("/").content.decode()
        for client in (Client(), client_of(reader), client_of(moderator))
    ]
    assert ['href="/desk/"' in page for page in pages] == [False, False, True]
