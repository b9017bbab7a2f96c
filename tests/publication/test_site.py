"""The site's own settings: what they change, and what they cost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.joining import join
from accounts.models import User
from pagecache import versions
from publication.colours import nearest_passing, passes, worst_contrast
from publication.current import current
from publication.models import PageVersion, Publication, Signup
from publication.writing import save_settings

FORM = {
    "name": "The Harbour",
    "line": "News of tides.",
    "contact": "desk@harbour.example",
    "lead": "Read **this** first.",
    "accent": "#7a1f5c",
    "accent_dark": "",
    "signup": "anybody",
    "refused_domains": "",
}

Commit = Callable[..., Any]


@pytest.fixture
def desk(client_of: Callable[[User], Client], moderator: User) -> Client:
    return client_of(moderator)


@pytest.fixture
def set_up(django_capture_on_commit_callbacks: Commit) -> Callable[..., None]:
    """Save settings as if they were committed."""

    def save(**columns: Any) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            save_settings(Publication(**columns))

    return save


@pytest.mark.parametrize(
    ("colour", "dark"), [("#ffcc00", False), ("#8899ff", False), ("#000080", True)]
)
def test_the_nearest_shade_passes_and_the_one_before_it_does_not(colour: str, dark: bool) -> None:
    shade = nearest_passing(colour, dark=dark)
    assert not passes(colour, dark=dark)
    assert 4.5 <= worst_contrast(shade, dark=dark) < 4.7


def test_what_the_desk_sets_is_on_every_page_and_purges_them_once(
    desk: Client, django_capture_on_commit_callbacks: Commit, db: None
) -> None:
    before = versions.current()
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post("/desk/site/", FORM).status_code == 302
    home = Client().get("/").content.decode()
    assert "The Harbour" in home
    assert "News of tides." in home
    assert before is not None
    purged = versions.of(1)
    assert purged is not None
    assert purged.purged > before
    look = current().look
    assert look is not None
    assert f"/look/{look.version}.css" in home
    styles = Client().get(f"/look/{look.version}.css")
    assert "#7a1f5c" in styles.content.decode()
    assert "immutable" in styles["Cache-Control"]
    assert "immutable" not in Client().get("/look/before.css")["Cache-Control"]
    assert "desk@harbour.example" in Client().get("/.well-known/security.txt").content.decode()
    assert "The Harbour" in Client().get("/feeds/articles/").content.decode()


def test_a_colour_that_is_hard_to_read_is_refused_with_its_ratio_and_a_shade(desk: Client) -> None:
    page = desk.post("/desk/site/", FORM | {"accent": "#ffcc00", "refused_domains": "no domain"})
    assert page.status_code == 422
    text = page.content.decode()
    assert nearest_passing("#ffcc00", dark=False) in text
    assert "no domain" in text
    assert not Publication.objects.exists()


def test_no_page_asks_the_database_for_them(
    set_up: Callable[..., None], django_assert_num_queries: Commit, db: None
) -> None:
    set_up(name="The Harbour")
    with django_assert_num_queries(2):
        assert current().name == "The Harbour"
    with django_assert_num_queries(0):
        assert current().name == "The Harbour"


def test_each_publishing_is_a_version_and_earlier_ones_stay(
    desk: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    for text in ("Be *kind*.", "Be *kind*.", "Be kind and brief. <script>"):
        with django_capture_on_commit_callbacks(execute=True):
            desk.post("/desk/site/pages/rules/", {"text": text})
    assert PageVersion.objects.count() == 2
    newest = Client().get("/about/rules/").content.decode()
    assert "brief" in newest
    assert "<script>" not in newest
    assert "<em>kind</em>" in Client().get("/about/rules/1/").content.decode()
    assert "/about/rules/" in Client().get("/").content.decode()
    assert Client().get("/about/imprint/").status_code == 404
    assert desk.post("/desk/site/pages/rules/", {"text": ""}).status_code == 422


def test_only_administrators_change_the_site(
    client_of: Callable[[User], Client], reader: User
) -> None:
    assert client_of(reader).post("/desk/site/", FORM).status_code == 403


def test_nobody_joins_against_the_rules(set_up: Callable[..., None], db: None) -> None:
    set_up(refused_domains="trash.example", refuses_training=True)
    with pytest.raises(ValidationError, match=r"trash\.example"):
        join(email="a@mx.trash.example", username="Ada Moss")
    form = {"email": "a@trash.example", "username": "Ada Moss"}
    assert Client().post("/accounts/signup/", form).status_code == 422
    assert "User-agent: GPTBot" in Client().get("/robots.txt").content.decode()
    set_up(signup=Signup.INVITED)
    with pytest.raises(ValidationError, match="invitation"):
        join(email="a@fine.example", username="Ada Moss")
    assert "by invitation only" in Client().get("/accounts/signup/").content.decode()
    assert join(email="a@fine.example", username="Ada Moss", is_invited=True).pk
