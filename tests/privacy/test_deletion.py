"""A deleted person is nowhere: looked for in every table, file, page and line of the log.

The person leaves a string wherever they can (tests/privacy/planting.py). Each is found before the
deletion. After it, what is found is in the list of what remains, and in its columns only.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.wsgi import get_wsgi_application
from django.test import Client
from pytest_django import Settings
from time_machine import TimeMachineFixture

from accounts.models import User
from articles.models import Article
from pagecache.middleware import PageCache
from privacy.models import Export
from privacy.remains import REMAINS
from privacy.requests import delete_now
from tests.mail import Outbox
from tests.pagecache.reader import HOST, ask
from tests.privacy.places import FILE, Search, admin_pages
from tests.privacy.planting import Life

pytestmark = pytest.mark.django_db(transaction=True)

STARTS = ["/", "/articles/high-tide/", "/help/", "/moderation/log/", "/sitemap.xml"]
DESK = ["/moderation/", "/moderation/objections/", "/desk/questions/"]
FEWEST_STRINGS = 40


def columns_that_remain() -> set[str]:
    """Return the columns in which the list of what remains says that a person can be found."""
    columns = set()
    for each in REMAINS:
        for label in each.columns.split():
            model, _, name = label.rpartition(".")
            table = apps.get_model(model)._meta
            columns.add(f"{table.db_table}.{table.get_field(name).column}")
    return columns


@pytest.fixture
def folders(settings: Settings, tmp_path: Path) -> list[Path]:
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return [settings.DATA_DIR, tmp_path / "outbox"]


@pytest.fixture
def life(
    folders: list[Path],
    article: Article,
    moderator: User,
    other_reader: User,
    client_of: Callable[[User], Client],
    outbox: Outbox,
    time_machine: TimeMachineFixture,
) -> Life:
    life = Life(
        article=article,
        administrator=client_of(moderator),
        other=other_reader,
        outbox=outbox,
        time_machine=time_machine,
    )
    life.live()
    life.rename()
    life.browser.post("/accounts/export/")
    outbox()
    assert Export.objects.get().is_ready
    return life


@pytest.fixture
def look(
    life: Life, folders: list[Path], moderator: User, client_of: Callable[[User], Client]
) -> Callable[..., Search]:
    """Looks everywhere for what was planted, and for the number of the account."""
    cached = PageCache(get_wsgi_application(), address=f"http://{HOST}", max_render_share=1)

    def look(*, as_administrator: bool = True) -> Search:
        search = Search([*life.words.values(), str(life.number), *life.never_stored])
        search.look_into_the_database()
        search.look_into_the_files_of_the_database()
        search.look_into_files(*folders)
        search.look_at_pages("a reader", lambda path: ask(cached, path).body, STARTS)
        if as_administrator:
            desk = client_of(moderator)
            starts = [*STARTS, *DESK, *admin_pages()]
            search.look_at_pages("an administrator", lambda path: desk.get(path).getvalue(), starts)
        return search

    return look


def leave(life: Life, comments: str) -> None:
    life.browser.post("/accounts/reauthenticate/", {"password": life.password})
    life.browser.post("/accounts/delete/", {"comments": comments})
    life.browser.post("/accounts/delete/", {"comments": comments, "confirm": "1"})


@pytest.mark.parametrize("comments", ["delete", "keep"])
def test_a_deleted_person_is_nowhere(
    comments: str,
    life: Life,
    look: Callable[..., Search],
    a_week_later: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = look(as_administrator=False)  # the pages that are cached, and so could stay
    assert len(life.words) >= FEWEST_STRINGS
    assert [word for word in life.never_stored if word in before.found] == []
    not_planted = {where for where, word in life.words.items() if word not in before.found}
    assert not_planted == set()
    leave(life, comments)
    a_week_later()
    assert not User.objects.filter(pk=life.number).exists()
    after = look()
    assert {*before.tables} <= {*after.tables}
    stays = life.published if comments == "keep" else set()
    found = {where: after.found.get(word, set()) for where, word in life.words.items()}
    assert {where: places for where, places in found.items() if places and where not in stays} == {}
    # SQLite's index of a column that remains has its words, too.
    of_columns = {
        where: {each for each in found[where] if "_search" not in each} for where in stays
    }
    kept = {place for where in stays for place in of_columns[where] if "page" not in place}
    allowed = {*columns_that_remain(), FILE}  # SQLite keeps what is in a column in a file
    assert kept | after.found[str(life.number)] <= allowed
    assert bool(kept) is bool(stays)
    lines = [
        record.getMessage() for when in ("setup", "call") for record in caplog.get_records(when)
    ]
    assert lines
    log = "\n".join(lines)
    assert [word for word in [*life.words.values(), *life.never_stored] if word in log] == []


def test_what_a_moderator_wrote_about_others_stays_without_their_name(
    life: Life, moderator: User
) -> None:
    """Notes and answers are the reasons of a decision about somebody else."""
    User.objects.create_superuser(email="second@example.com", username="Second Chief")
    delete_now(moderator, by=moderator)
    note = life.words["note to a warning"]
    search = Search([moderator.username, moderator.email, note])
    search.look_into_the_database()
    assert moderator.username not in search.found
    assert moderator.email not in search.found
    assert search.found[note] <= columns_that_remain()
