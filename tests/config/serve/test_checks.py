"""Production is refused with a key or hosts that protect nothing."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from config.serve import checks
from tests.config.command import KEY


@pytest.mark.parametrize("key", ["", KEY[:30], "abc" * 20, f"django-insecure-{KEY}"])
def test_a_key_that_can_be_guessed_is_refused(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", key)
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        checks._secret_key()


@pytest.mark.parametrize("host", ["*", ".org"])
def test_every_host_is_refused(host: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["example.org", host]
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        checks._allowed_hosts()
