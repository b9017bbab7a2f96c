"""The lists of articles at the desk, and what is done to several."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from desk import lists
from forum.models import Comment, Discussion

Write = Callable[..., Article]


@pytest.fixture
def write(db: None) -> Write:
    def written(title: str, **words: Any) -> Article:
        return Article.objects.create(title=title, slug=title.lower(), body="Words.", **words)

    return written


@pytest.fixture
def some(write: Write) -> None:
    now = timezone.now()
    write("Draft")
    write("Later", status="published", published_at=now + timedelta(days=1))
    write("Sooner", status="published", published_at=now + timedelta(hours=1))
    write("Old", status="published", published_at=now - timedelta(days=1))
    write("New", status="published", published_at=now - timedelta(hours=1))


def titles(page: Any) -> list[str]:
    return [article.title for article in page.context["page"].articles]


def test_each_list_has_its_order_and_its_count(editor: Client, some: None) -> None:
    found = {state: titles(editor.get(f"/desk/?state={state}")) for state in lists.STATES}
    assert found == {
        "draft": ["Draft"],
        "scheduled": ["Sooner", "Later"],
        "published": ["New", "Old"],
    }
    page = editor.get("/desk/").text
    for name, rows in found.items():
        assert f'<b data-count="{name}">{len(rows)}</b>' in page


def test_lists_are_searched_and_paged(
    editor: Client, some: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "ARTICLES_PER_PAGE", 1)
    assert titles(editor.get("/desk/?state=published&q=OL")) == ["Old"]
    for state, order in (("scheduled", ["Sooner", "Later"]), ("published", ["New", "Old"])):
        first = editor.get(f"/desk/?state={state}")
        cursor = first.context["page"].next_cursor
        second = editor.get(f"/desk/?state={state}&after={cursor}")
        assert titles(first) + titles(second) == order
        assert not second.context["page"].next_cursor


def test_several_are_published_and_withdrawn(editor: Client, some: None) -> None:
    keys = list(Article.objects.values_list("pk", flat=True))
    answer = editor.post(
        "/desk/several/", {"articles": [*keys, "x"], "act": "publish", "state": "draft"}
    )
    assert answer.headers["Location"] == "/desk/?state=draft"
    assert "1 article is published." in editor.get("/desk/").text
    assert Article.objects.published().filter(title="Draft").exists()
    editor.post("/desk/several/", {"articles": keys, "act": "withdraw"})
    assert not Article.objects.exclude(status="draft").exists()


def test_open_questions_and_corrections_are_counted(
    editor: Client, say: Callable[..., Comment]
) -> None:
    for kind in ("question", "correction", "correction"):
        Comment.objects.filter(pk=say("Is it so?").pk).update(kind=kind)
    page = editor.get("/desk/").text
    assert '<b data-count="questions">1</b>' in page
    assert '<b data-count="corrections">2</b>' in page


@pytest.mark.parametrize(
    ("path", "number"),
    [("/desk/", 7), ("/desk/articles/new/", 12), ("/desk/articles/{}/", 19)],
)
def test_pages_of_the_desk_take_few_statements(
    path: str,
    number: int,
    editor: Client,
    with_questions: Article,
    discussion: Discussion,
    django_assert_num_queries: Any,
) -> None:
    address = path.format(with_questions.pk)
    editor.get(address)
    with django_assert_num_queries(number):
        editor.get(address)
