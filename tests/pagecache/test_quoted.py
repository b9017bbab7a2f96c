"""A comment that is quoted, and a person who is named, are shown
everywhere as they may be shown now, at once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.models import FormerName, User
from articles.models import Article
from articles.writing import render_and_save
from forum.models import Case, Comment, Discussion
from forum.moderation import decisions
from forum.posting import visibility
from forum.posting.edit import delete_comment, edit_comment, undelete_comment
from forum.posting.post import post_comment
from pagecache.middleware import PageCache
from tests.pagecache.reader import ask

pytestmark = pytest.mark.django_db(transaction=True)  # versions are written when a transaction ends

CANARY, NAME = "canary-7f3a", "Ines Okafor"


@dataclass
class Scene:
    """A comment of one article, and another that quotes it
    and names its author under another article.
    """

    quoted: Comment
    quoting: Comment
    moderator: User
    read: Callable[[str], str]
    reader: Client

    @property
    def author(self) -> User:
        assert self.quoted.author
        return self.quoted.author

    @property
    def article(self) -> Article:
        return self.quoted.discussion.article

    def pages(self) -> Iterator[str]:
        """Every page on which the quoting comment stands:
        cached ones, those of somebody signed in, the feed.
        """
        article, own = "/articles/neaps/", self.quoting.get_absolute_url()
        yield from map(self.read, [article, f"{article}new/?since=0", own])
        for address in [article, own, f"{article}feed/", "/people/Tomas%20Reyle/", f"{own}reply/"]:
            yield self.reader.get(address).content.decode()


@pytest.fixture
def scene(
    cached_site: PageCache,
    say: Callable[..., Comment],
    author: User,
    other_reader: User,
    moderator: User,
    client_of: Callable[[User], Client],
    settings: Any,
) -> Scene:
    other = Article(title="Neaps", slug="neaps", body="Words.", status="published", author=author)
    render_and_save(other)
    quoted = say(f"It says {CANARY}.")
    body = f"See there:\n\n{settings.SITE_URL}/comments/{quoted.pk}/\n\nThanks, @{NAME}!"
    quoting = post_comment(Discussion.objects.of(other), by=other_reader, body=body, key="k")
    return Scene(
        quoted, quoting, moderator, lambda at: ask(cached_site, at).text, client_of(moderator)
    )


def set_article(scene: Scene, **changes: Any) -> None:
    article = Article.objects.get(pk=scene.article.pk)
    for name, value in changes.items():
        setattr(article, name, value)
    render_and_save(article)


def set_person(scene: Scene, **changes: Any) -> None:
    person = User.objects.get(pk=scene.author.pk)
    for name, value in changes.items():
        setattr(person, name, value)
    person.save()


def hold(scene: Scene) -> None:
    visibility.hold(scene.quoted, by=scene.moderator)
    Case.objects.open(scene.quoted, cause="flags", severity=10)


def decided(verb: Callable[..., Any]) -> Callable[[Scene], object]:
    return lambda scene: verb(scene.quoted, by=scene.moderator, reason="spam")


HIDES: dict[str, Callable[[Scene], object]] = {
    "its article is withdrawn": lambda scene: set_article(scene, status="draft"),
    "its article waits again": lambda scene: set_article(
        scene, published_at=timezone.now() + timedelta(days=1)
    ),
    "all articles are withdrawn at once": lambda scene: Article.objects.exclude(
        slug="neaps"
    ).update(status="draft"),
    "its author deletes it": lambda scene: delete_comment(scene.quoted),
    "it is held": hold,
    "it is removed": decided(decisions.remove),
    "it is erased": decided(decisions.erase),
    "its author changes it": lambda scene: edit_comment(scene.quoted, body="Better words."),
    "a moderator changes it": lambda scene: decisions.edit_out(
        scene.quoted, by=scene.moderator, body="Rest."
    ),
    "its article is deleted": lambda scene: (
        scene.quoted.discussion.delete(),
        scene.article.delete(),
    ),
}
GIVES_BACK: dict[str, Callable[[Scene], object]] = {
    "its article is withdrawn": lambda scene: set_article(scene, status="published"),
    "its article waits again": lambda scene: set_article(scene, published_at=timezone.now()),
    "its author deletes it": lambda scene: undelete_comment(scene.quoted),
    "it is held": lambda scene: decisions.approve(scene.quoted, by=scene.moderator),
    "it is removed": lambda scene: decisions.restore(scene.quoted, by=scene.moderator),
}


@pytest.mark.parametrize("change", HIDES)
def test_no_word_lives_on_where_it_is_quoted_and_what_is_back_is_quoted_again(
    change: str, scene: Scene
) -> None:
    assert all(CANARY in page for page in scene.pages())
    HIDES[change](scene)
    assert not any(CANARY in page for page in scene.pages())
    if give_back := GIVES_BACK.get(change):
        give_back(scene)
        assert all(CANARY in page for page in scene.pages())


def links(scene: Scene, name: str) -> list[bool]:
    link = f'<a href="/people/{name.replace(" ", "%20")}/" rel="nofollow ugc noopener">@{NAME}</a>'
    return [
        link in page or link in page.replace("http://localhost:8000/people", "/people")
        for page in bodies(scene)
    ]


def bodies(scene: Scene) -> Iterator[str]:
    """Without the feed, which is XML: its HTML is escaped."""
    return (page for page in scene.pages() if "<feed" not in page)


def test_the_quoted_author_who_is_gone_is_a_reader(scene: Scene) -> None:
    assert all(f">{NAME}</bdi></a></p><p>It says" in page for page in bodies(scene))
    scene.author.delete()
    assert all(">A reader</bdi></a></p><p>It says" in page for page in bodies(scene))
    assert all(f"Thanks, @{NAME}!" in page for page in bodies(scene))


def test_a_new_name_is_quoted_and_the_mention_leads_to_the_person(scene: Scene) -> None:
    assert all(links(scene, NAME))
    set_person(scene, username="Ines Marlow")
    assert all(links(scene, "Ines Marlow"))
    assert all(">Ines Marlow</bdi></a></p><p>It says" in page for page in bodies(scene))
    assert not any(f">{NAME}<" in page for page in bodies(scene))


def test_who_was_named_stays_who_it_was(scene: Scene) -> None:
    """Also after the comment was edited, where the name would stand for somebody else."""
    set_person(scene, username="Ines Marlow")
    FormerName.objects.all().delete()
    User.objects.create_user(email="other@example.com", username=NAME)
    assert edit_comment(scene.quoting, body=f"Thanks again, @{NAME}!")
    assert f'href="/people/Ines%20Marlow/" rel="nofollow ugc noopener">@{NAME}</a>' in scene.read(
        "/articles/neaps/"
    )


def test_who_is_switched_off_is_named_without_a_link(scene: Scene) -> None:
    assert all(links(scene, NAME))
    User.objects.filter(pk=scene.author.pk).update(is_active=False)
    assert not any(links(scene, NAME))
    set_person(scene, is_active=True)
    assert all(links(scene, NAME))


def test_nothing_drifts_by_any_of_it(scene: Scene) -> None:
    for change, back in GIVES_BACK.items():
        HIDES[change](scene)
        back(scene)
        scene.quoted.refresh_from_db()
    HIDES["its author changes it"](scene)
    set_person(scene, username="Ines Marlow")
    set_article(scene, status="draft")
    scene.author.delete()
    call_command("check_integrity", stdout=StringIO())  # it would end the process
