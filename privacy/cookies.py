"""The cookies and other storage that this site uses in a browser.

All of it is needed for something that somebody did, so no page has to ask for consent. A test
walks the pages and fails for a cookie that is not in this list.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.translation import gettext_lazy as _

from accounts import device
from forum.discussion.models.draft import DRAFT_LIFETIME
from forum.votes import cookie as vote
from pagecache.key import ORDER_COOKIE
from privacy.notes import how_long


class Stored(NamedTuple):
    name: str
    why: Any
    until: Any  # words, or a timedelta

    @property
    def how_long(self) -> str:
        return how_long(self.until)


UNTIL_CLOSED = _("Until you close the browser.")
UNTIL_SHOWN = _("Until the next page.")
UNTIL_CLEARED = _("Until you clear the data of this site.")

COOKIES = [
    Stored(
        settings.SESSION_COOKIE_NAME,
        _("Set when you sign in or enter a code. It keeps you signed in."),
        timedelta(seconds=settings.SESSION_COOKIE_AGE),
    ),
    Stored(
        settings.CSRF_COOKIE_NAME,
        _("Set with a form. Other sites cannot send the form in your name."),
        timedelta(seconds=settings.CSRF_COOKIE_AGE),
    ),
    Stored(
        settings.DEVICE_COOKIE_NAME,
        _("Set when you sign in. Strangers who try your address cannot lock out this browser."),
        device.LIFETIME,
    ),
    Stored(
        settings.DRAFT_COOKIE_NAME,
        _("Set when you write without being signed in. It opens your drafts."),
        DRAFT_LIFETIME,
    ),
    Stored(
        settings.VOTE_COOKIE_NAME,
        _("Set when you vote without being signed in. It keeps the vote until you have signed in."),
        vote.LIFETIME,
    ),
    Stored("theme", _("Set when you choose colours."), timedelta(days=400)),
    Stored(
        ORDER_COOKIE,
        _("Set when you choose an order of comments without being signed in."),
        timedelta(days=400),
    ),
    Stored(
        settings.LANGUAGE_COOKIE_NAME,
        _("Set when you choose a language at the end of a page."),
        timedelta(days=400),
    ),
    Stored(
        CookieStorage.cookie_name,
        _("Set after something that you did. It shows you the result."),
        UNTIL_SHOWN,
    ),
    Stored(
        "taken",
        _("Set when you post. It deletes the copy of the text that this browser stored."),
        UNTIL_SHOWN,
    ),
]

# What scripts store in the browser, under these names or names that begin like this.
BROWSER_STORAGE = [
    Stored("texts", _("What you are writing, in case the browser closes."), timedelta(days=30)),
    Stored(
        "draft",
        _("Which of these texts a tab shows."),
        UNTIL_CLOSED,
    ),
    Stored(
        "signed out",
        _("When you signed out. Other tabs stop showing what is yours."),
        UNTIL_CLEARED,
    ),
    Stored("visit", _("Up to where you read a discussion."), UNTIL_CLEARED),
    Stored("folded", _("Which replies you collapsed, or all."), _("Until you open them.")),
    Stored("keys", _("That you turned keyboard shortcuts on."), _("Until you turn them off.")),
    Stored(
        "moderation-keys",
        _("Whether a moderator uses keyboard shortcuts."),
        UNTIL_CLEARED,
    ),
]
