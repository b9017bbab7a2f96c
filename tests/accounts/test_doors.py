"""Every door asks for the second factor, and gives nothing before: no session, no comment."""

import inspect
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from forum.models import Comment
from tests.accounts.doors import (
    DOORS,
    LOGIN,
    LOOKING,
    NEW_PASSWORDS,
    NEXT,
    POSTING,
    WALKS,
    Visit,
    Walk,
    password,
    password_at_the_admin,
)
from tests.accounts.elsewhere import Provider
from tests.accounts.factors import Passkey, code_of, passkey_login, set_up
from tests.conftest import PASSWORD
from tests.mail import Outbox
from tests.test_architecture import imports, modules

ASKED = "/accounts/2fa/authenticate/"
REQUIRED = "/accounts/2fa/required/"


FACTORS = ["app code", "recovery code", "passkey"]
# The step after a door is the same page for all, so each door meets one kind of factor, the doors
# together all three; the first door meets every kind.
TRIED = [
    *((walk, "none") for walk in WALKS),
    *zip(WALKS, cycle(FACTORS)),
    *((WALKS[0], factor) for factor in FACTORS[1:]),
]

# Addresses that nobody is signed in by, although their code could.
NO_DOORS = {
    "who is there already is asked": {
        "account",
        "account_logout",
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_reauthenticate",
        "account_confirm_reauthentication",
        "usersessions_list",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "socialaccount_connections",
    },
    "it sends an email": {
        "account_signup",
        "account_request_login_code",
        "account_reset_password",
        "desk_invitations",
        "draft_code",
    },
    "it leads to a door": {
        "account_reset_password_done",
        "account_confirm_password_reset_code",
        "account_reset_password_from_key",
        "account_restore_email",
        "google_login",
        "github_login",
        "openid_connect_login",
        "account_confirm_restore_email",
    },
    "it says something": {
        "account_inactive",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "account_password_reset_completed",
        "draft_discard",
        "draft_undiscard",
    },
    # See test_a_passkey_alone_signs_in.
    # Newcomers: whoever has an account here goes on to a door (tests/accounts/test_elsewhere.py).
    "it signs in whose account it makes": {"socialaccount_signup", "invitation"},
    # All three are one class of allauth's, that of openid_connect_callback.
    "it is a twin of a door": {"google_callback", "github_callback"},
    "it takes both factors at once": {"mfa_login_webauthn"},
    "it is the step after a door, on each walk": {"mfa_authenticate", "mfa_required"},
}


@pytest.fixture
def visit(
    client: Client, reader: User, article: Article, outbox: Outbox, provider: Provider
) -> Visit:
    User.objects.filter(pk=reader.pk).update(date_joined=timezone.now() - timedelta(days=9))
    return Visit(client, reader, outbox, provider)


@pytest.mark.parametrize(
    ("walk", "factor"), TRIED, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_door_asks_for_the_second_factor_and_gives_nothing_before(
    walk: Walk, factor: str, visit: Visit
) -> None:
    answer = set_up(visit.person, factor)
    response = walk(visit)
    if answer:
        assert response.url == ASKED
        assert_nothing_was_given(visit)
        assert visit.post(ASKED, code="000000").status_code == 422
        assert_nothing_was_given(visit)
        before = visit.client.session.session_key
        response = visit.post(ASKED, **answer(visit.client))
        assert visit.client.session.session_key != before, "the session has another name now"
    assert get_user(visit.client) == visit.person
    assert_they_are_where_they_wanted(walk, response, visit)
    told = [mail for mail in visit.outbox() if "New sign-in" in mail["Subject"]]
    assert [mail["To"] for mail in told] == [visit.person.email]


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_a_door_has_a_required_factor_set_up_first(
    walk: Walk, visit: Visit, settings: Settings
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    User.objects.filter(pk=visit.person.pk).update(is_staff=True)
    assert walk(visit).url == REQUIRED
    assert_nothing_was_given(visit)
    visit.client.get(REQUIRED)
    secret = visit.client.session["mfa.totp.secret"]
    response = visit.post(REQUIRED, code=code_of(secret))
    assert get_user(visit.client) == visit.person
    assert_they_are_where_they_wanted(walk, response, visit)


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_a_trusted_browser_is_asked_only_after_a_new_password(walk: Walk, visit: Visit) -> None:
    answer = set_up(visit.person, "app code")
    assert answer
    password(visit)
    visit.post(ASKED, trust="on", **answer(visit.client))
    visit.post("/accounts/logout/")
    response = walk(visit)
    if walk in NEW_PASSWORDS:
        assert response.url == ASKED
        assert_nothing_was_given(visit)
    else:
        assert get_user(visit.client) == visit.person
        assert_they_are_where_they_wanted(walk, response, visit)


def assert_nothing_was_given(visit: Visit) -> None:
    assert not get_user(visit.client).is_authenticated
    assert visit.client.get("/accounts/").status_code == 302
    assert not Comment.objects.exists()


def assert_they_are_where_they_wanted(walk: Walk, response: Any, visit: Visit) -> None:
    if walk in POSTING:
        assert response.url.endswith(f"#c{Comment.objects.get().pk}")
    elif walk in LOOKING:
        page = visit.client.get(response.url).content
        assert b"My harbour is up a river.</textarea>" in page
    else:
        assert response.url == ("/admin/" if walk is password_at_the_admin else NEXT)


def test_a_known_browser_and_a_new_account_get_no_letter(visit: Visit) -> None:
    for _ in range(2):
        password(visit)
        visit.post("/accounts/logout/")
    visit.post("/accounts/signup/", email="new@example.com", username="Jonas Wick")
    visit.post("/accounts/signup/confirm/", code=visit.code())
    assert sum("New sign-in" in mail["Subject"] for mail in visit.outbox()) == 1


def test_a_passkey_alone_signs_in(visit: Visit) -> None:
    response = passkey_login(visit.client, Passkey(visit.person), next=NEXT)
    assert response.url == NEXT
    assert get_user(visit.client) == visit.person


# --- The list of doors ---


def test_every_address_that_can_sign_somebody_in_is_tried_above() -> None:
    known = set(DOORS).union(*NO_DOORS.values())
    assert {name for name, home in views() if can_sign_in(home)} - known == set()
    assert known - {name for name, _home in views()} == set(), "there is no such address any more"


def test_the_admin_has_no_way_in_of_its_own(visit: Visit) -> None:
    response = visit.post("/admin/login/", username=visit.person.email, password=PASSWORD)
    assert response.url.startswith(LOGIN)
    assert not get_user(visit.client).is_authenticated


def test_only_the_module_of_signing_in_begins_a_session() -> None:
    ways = (
        "django.contrib.auth.login",
        "django.contrib.auth.alogin",
        "allauth.account.internal.flows.login.perform_login",
        "allauth.account.utils.perform_login",
        "allauth.account.internal.flows.login.resume_login",
    )
    using = {name for name, file in modules().items() if imports(file) & {*ways}}
    assert using == {"accounts.login"}


def views() -> Iterator[tuple[str, str]]:
    """Give each address outside the admin by its name, with the module of its view."""

    def below(patterns: Any) -> Iterator[URLPattern]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield pattern
            elif isinstance(pattern, URLResolver) and pattern.app_name != "admin":
                yield from below(pattern.url_patterns)

    for pattern in below(get_resolver().url_patterns):
        yield str(pattern.name), home_of(pattern.callback)


def home_of(view: Any) -> str:
    found = getattr(view, "view_class", None) or inspect.unwrap(view)
    return str(found.__module__)


def can_sign_in(home: str) -> bool:
    return home.startswith("allauth.") or "accounts.login" in reached_from(home)


def reached_from(module: str) -> set[str]:
    """Return our modules that a module imports, with those that they import, and so on."""
    reached, left = set[str](), [module]
    while left:
        name = left.pop()
        if name in reached or name not in modules():
            continue
        reached.add(name)
        for imported in imports(modules()[name]):
            left += [imported, imported.rpartition(".")[0]]
    return reached
