"""The queue, opened by a moderator: fixtures for the tests of it in a browser."""

import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Locator, Page

from accounts.models import User
from forum.models import Case, ModerationAction

Waits = Callable[..., Case]


@pytest.fixture
def sign_in(site: str, moderator: User, client_of: Callable[[User], Client]) -> Callable[..., Page]:
    """Opens the queue in this page, signed in."""

    def signed_in(page: Page, path: str = "/moderation/", by: User = moderator) -> Page:
        cookie = client_of(by).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}]
        )
        page.goto(site + path)
        return page

    return signed_in


def heading(page: Page, case: Case) -> Locator:
    return page.locator(f"#case-{case.pk} h2")


def kinds() -> list[str]:
    return list(ModerationAction.objects.order_by("pk").values_list("kind", flat=True))


def wait_until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not happened() and time.monotonic() < end:
        time.sleep(0.02)
    assert happened()
