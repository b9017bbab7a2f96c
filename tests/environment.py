"""Settings of the tests that differ from the site's: as few as possible."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import override_settings

from accounts.hashers import OpaqueArgon2PasswordHasher

# The shell is the same browser without windows: it takes a third of the time.
BROWSERS = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
CHROMIUM = next((browser for browser in BROWSERS if browser.exists()), BROWSERS[-1])
# A test with one of these fixtures needs the database.
DATABASE = {"db", "transactional_db", "live_server"}
NO_CHROMIUM = "No browser on this machine: apt install chromium-headless-shell"


class QuickArgon2(OpaqueArgon2PasswordHasher):
    """The algorithm of production with the lowest costs, because most tests create people."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


def pytest_collection_finish() -> None:
    """Spare the collector what stays for the whole run: it takes a twelfth of the time else."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.database)
    if CHROMIUM.exists():
        return
    in_browser = [item for item in items if item.get_closest_marker("browser")]
    if in_browser and os.environ.get("CI") == "true":
        raise pytest.UsageError(NO_CHROMIUM)
    for item in in_browser:
        item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


@pytest.fixture(scope="session", autouse=True)
def test_settings(
    django_test_environment: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Keep the mail queue, which Django's test set-up replaces."""
    different: dict[str, Any] = {
        "ALLOWED_HOSTS": ["localhost", "testserver"],
        "DATA_DIR": tmp_path_factory.mktemp("data"),
        "EMAIL_BACKEND": "mail.backends.QueuedBackend",
        "MAIL_TRANSPORT": "mail.backends.FileBackend",
        "OUTBOX_DIR": tmp_path_factory.mktemp("outbox"),
        "PASSWORD_HASHERS": [f"{__name__}.QuickArgon2"],
        # Or each test's first request would look at every static file
        "WHITENOISE_AUTOREFRESH": True,
    }
    with override_settings(**different):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files(test_settings: None) -> None:
    from config.static import collect_changed

    collect_changed()


@pytest.fixture(autouse=True)
def nothing_kept_from_the_last_test(request: pytest.FixtureRequest) -> None:
    caches["fragments"].clear()
    mark = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (mark and mark.kwargs.get("transaction")):
        # The table of the limits belongs to no model, so nothing else empties it.
        request.getfixturevalue("transactional_db")
        caches["default"].clear()


@pytest.fixture(autouse=True)
def _default_publication(test_settings: None) -> None:
    """Begin with the settings of the environment, as a process that has read them."""
    from publication.current import Current, remember
    from publication.models import Publication

    remember(Current(Publication(is_begun=True)))
