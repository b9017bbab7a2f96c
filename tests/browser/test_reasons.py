"""Reasons, objections, the log and its numbers, as they look."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Comment, ModerationAction, Objection, Sanction
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from tests.browser.screens import SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = ["/moderation/log/", "/moderation/log/?kind=lift", "/moderation/report/"]


@pytest.fixture
def removal(say: Callable[..., Comment], moderator: User) -> ModerationAction:
    action = decisions.remove(say("You fool of a tide. " + "x" * 80), by=moderator, reason="unkind")
    assert action
    return action


@pytest.fixture
def objection(reader: User, moderator: User) -> Objection:
    until = timezone.now() + timedelta(days=7)
    suspension = impose(
        Sanction(person=reader, kind="suspension", until=until, reason="unkind"), by=moderator
    )
    return Objection.objects.create(
        action=suspension, person=reader, words="It was not me. " + "y" * 80
    )


def found_in(page: Page, site: str, paths: list[str]) -> dict[str, list[str]]:
    """Return the faults of these pages: axe, their width, targets too small for a finger."""
    wrong = {}
    for path in paths:
        wrong[path] = violations(page, site + path) + page.evaluate(SMALL_TARGETS)
        wrong[path] += ["too wide"] if page.evaluate(TOO_WIDE) else []
    return {path: names for path, names in wrong.items() if names}


@axe
def test_everybody_can_read_the_log(
    new_page: Callable[..., Page],
    site: str,
    removal: ModerationAction,
    objection: Objection,
    width: int,
    scheme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert found_in(page, site, PUBLIC) == {}


@axe
def test_the_person_can_read_the_reasons(
    new_page: Callable[..., Page],
    site: str,
    reader: User,
    removal: ModerationAction,
    objection: Objection,
    width: int,
    scheme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, site, reader)
    statements = [reverse("statement", args=[action.pk]) for action in (removal, objection.action)]
    assert removal.comment
    paths = [reverse("statements"), *statements, removal.comment.get_absolute_url()]
    assert found_in(page, site, paths) == {}


@axe
def test_moderators_can_answer(
    new_page: Callable[..., Page],
    site: str,
    moderator: User,
    objection: Objection,
    width: int,
    scheme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, site, moderator)
    assert (
        found_in(page, site, [reverse("objections"), reverse("objection", args=[objection.pk])])
        == {}
    )
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter your reasons")
    assert violations(page) == []


def test_an_objection_goes_its_way_without_javascript(
    new_page: Callable[..., Page],
    site: str,
    reader: User,
    moderator: User,
    removal: ModerationAction,
) -> None:
    theirs, ours = (new_page(java_script_enabled=False) for _ in range(2))
    sign_in(theirs, site, reader)
    theirs.goto(f"{site}/comments/{removal.comment_id}/")
    theirs.get_by_role("link", name="Reason, and how to object").click()
    theirs.get_by_label("Why the decision is wrong").fill("It was a joke.")
    theirs.get_by_role("button", name="Send the objection").click()
    sign_in(ours, site, moderator)
    ours.goto(f"{site}/moderation/objections/")
    ours.get_by_role("link", name="Removed a comment").click()
    ours.get_by_label("The decision is reversed").check()
    ours.get_by_label("Your answer, with the reasons").fill("So it was.")
    ours.get_by_role("button", name="Send answer").click()
    theirs.reload()
    expect(theirs.get_by_text("So it was.")).to_be_visible()
