"""Lists of the admin, of which every column is in reach."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from forum.models import Comment
from forum.moderation import decisions
from tests.browser.screens import DESK, TOO_WIDE
from tests.browser.test_rules import IS_CUT_OFF
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_column_of_the_comments_is_cut_off(
    new_page: Callable[..., Page],
    site: str,
    say: Callable[..., Comment],
    article: Article,
    reader: User,
    moderator: User,
) -> None:
    Article.objects.filter(pk=article.pk).update(title="Why high tide comes later and later")
    User.objects.filter(pk=reader.pk).update(username="Wolfeschlegelsteinhausenbergerdorff Jr")
    decisions.remove(say("All of this is wrong. " * 20), by=moderator, reason="other")
    page = new_page(viewport={"width": DESK, "height": 740})
    sign_in(page, site, moderator)
    page.goto(site + reverse("admin:forum_comment_changelist"))
    assert not page.evaluate(IS_CUT_OFF)
    assert not page.evaluate(TOO_WIDE)
    expect(page.get_by_role("link", name="Moderate", exact=True)).to_be_in_viewport()
