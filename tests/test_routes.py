"""Every address has a rule for who may open it: an address without one fails here."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from forum.models import Comment, Draft

ANYBODY = {"anonymous": 200, "reader": 200, "moderator": 200}
SIGNED_IN = {"anonymous": 302, "reader": 200, "moderator": 200}
ONLY_POST = {"anonymous": 405, "reader": 405, "moderator": 405}

# What a GET answers, by who asks. The comment and the draft are the reader's.
RULES: dict[str, dict[str, int]] = {
    "home": ANYBODY,
    "article": ANYBODY,
    "topic": ANYBODY,
    "articles_feed": ANYBODY,
    "article_feed": ANYBODY,
    "sitemap": ANYBODY,
    "robots": ANYBODY,
    "security_txt": ANYBODY,
    "help": ANYBODY,
    "healthz": ANYBODY,
    "readyz": ANYBODY,
    "person": ANYBODY,
    "comment": ANYBODY,
    "reply": ANYBODY,
    "edit_comment": {"anonymous": 302, "reader": 200, "moderator": 403},
    "delete_comment": {"anonymous": 302, "reader": 200, "moderator": 403},
    "undelete_comment": {"anonymous": 302, "reader": 405, "moderator": 405},
    "post_comment": ONLY_POST,
    "preview_comment": ONLY_POST,
    "forgot_while_writing": ONLY_POST,
    "draft": {"anonymous": 403, "reader": 200, "moderator": 403},
    "draft_code": ONLY_POST,
    "draft_discard": ONLY_POST,
    "theme": ONLY_POST,
}
