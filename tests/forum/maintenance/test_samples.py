"""The sample content is loaded and removed without a trace."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rights import NotAllowed
from articles.models import Article, Topic
from articles.writing import render_and_save
from forum.maintenance.samples import remove_sample
from forum.models import Comment, Discussion, ModerationAction, Moderator, Sample, Vote
from forum.posting.post import post_comment
from tests.conftest import person


def rows() -> dict[str, int]:
    """Return the number of rows of each table."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            if "_search" in table:  # SQLite's index of a column
                continue
            if table not in {"django_tasks_database_dbtaskresult", "limits"}:
                cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608
                counts[table] = cursor.fetchone()[0]
        return counts


def run(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


@pytest.fixture
def moderator(db: None) -> User:
    return person("Chief Tester", is_staff=True, is_superuser=True)


@pytest.fixture
def reader(db: None) -> User:
    return person("Real Reader")


@pytest.fixture
def samples(moderator: User) -> None:
    run("load_sample")


def test_they_go_as_if_they_had_never_been_loaded(moderator: User) -> None:
    before = rows()
    run("load_sample")
    assert Comment.objects.filter(status="removed").exists()
    assert Discussion.objects.exclude(closed_at=None).exists()
    assert not ModerationAction.objects.exists()
    assert "Removed 7 sample articles" in run("remove_sample")
    assert rows() == before
    assert "Removed 0" in run("remove_sample")


def test_what_real_people_wrote_stays(
    samples: None, topic: Topic, moderator: User, reader: User
) -> None:
    own = Article(
        title="Ours", slug="ours", body="Text.", topic=topic, status=Article.Status.PUBLISHED
    )
    render_and_save(own)
    kept = [
        post_comment(
            Discussion.objects.of(own), by=reader, body="Mine.", key="1", at=timezone.now()
        )
    ]
    sample = Discussion.objects.exclude(article=own).filter(closed_at=None).first()
    assert sample
    parent = sample.comments.filter(parent=None, status="published").first()
    kept.append(
        post_comment(
            sample, by=reader, body="Mine, too.", key="2", parent=parent, at=timezone.now()
        )
    )
    said = run("remove_sample")
    assert f"“{sample.article}” stays as a draft" in said
    assert {*Comment.objects.exclude(status="deleted")} == {*kept}
    assert (
        not Comment.objects.filter(status="deleted").exclude(body="", html="", author=None).exists()
    )
    assert {*Article.objects.values_list("slug", "status")} == {
        ("ours", "published"),
        (sample.article.slug, "draft"),
    }
    assert {*User.objects.all()} == {moderator, reader}
    call_command("check_integrity", stdout=StringIO())


def test_somebody_who_took_an_account_over_stays(samples: None) -> None:
    taken, author, other = User.objects.filter(pk__in=Sample.objects.values("person")).order_by(
        "pk"
    )[:3]
    taken.last_login = timezone.now()
    taken.save()
    render_and_save(Article(title="Ours", slug="ours", body="Text.", author=author))
    remove_sample()
    assert {*User.objects.filter(pk__in=[taken.pk, author.pk, other.pk])} == {taken, author}


def test_topics_that_are_used_stay_and_votes_for_samples_go(samples: None, reader: User) -> None:
    first, second, *_ = Topic.objects.all()
    Moderator.objects.create(person=reader, topic=first)
    render_and_save(Article(title="Ours", slug="ours", body="Text.", topic=second))
    Vote.objects.cast(comment=Comment.objects.filter(status="published")[0], by=reader, value=1)
    remove_sample()
    assert {*Topic.objects.all()} == {first, second}
    assert not Vote.objects.exists()


def test_the_admin_has_a_button_for_administrators_alone(
    samples: None, moderator: User, client_of: Callable[[User], Client]
) -> None:
    editor = person("Edith Page", is_staff=True)
    assert client_of(editor).post("/admin/articles/article/remove-sample/").status_code == 403
    with pytest.raises(NotAllowed):
        remove_sample(by=editor)
    desk, button = client_of(moderator), "/admin/articles/article/remove-sample/"
    assert button in desk.get("/admin/articles/article/").content.decode()
    assert Article.objects.count() == 7
    assert desk.get(button).status_code == 200
    desk.post(button)
    assert not Article.objects.exists()
    assert button not in desk.get("/admin/articles/article/").content.decode()
