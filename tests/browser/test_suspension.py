"""A text that was typed before its writer was suspended."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from forum.models import Sanction
from forum.moderation.sanctions import impose
from tests.browser.test_drafts import ADDRESS, comment_field, write
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_text_can_be_read_after_its_writer_was_suspended(
    page: Page, site: str, article: Article, reader: User, moderator: User
) -> None:
    sign_in(page, site, reader)
    page.goto(site + ADDRESS)
    write(page, comment_field(page), "Nearly done.")
    until = timezone.now() + timedelta(days=7)
    impose(Sanction(person=reader, kind="suspension", until=until, reason="unkind"), by=moderator)
    page.reload()
    text = page.get_by_role("textbox", name="Your comment")
    expect(text).to_have_value("Nearly done.")
    expect(text).not_to_be_editable()
    page.goto(f"{site}/accounts/")  # without a text there is no field
    page.evaluate("indexedDB.deleteDatabase('texts')")
    page.goto(site + ADDRESS)
    expect(page.get_by_text("You cannot comment until")).to_be_visible()
    expect(text).to_be_hidden()
