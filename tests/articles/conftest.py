from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save


@pytest.fixture
def write(db: None) -> Callable[..., Article]:
    """An article, published an hour ago unless said otherwise: `write("Title", status="draft")`."""

    def written(title: str, **words: Any) -> Article:
        defaults = {
            "body": "Words.",
            "status": Article.Status.PUBLISHED,
            "published_at": timezone.now() - timedelta(hours=1),
        }
        article = Article(title=title, **{**defaults, **words})
        render_and_save(article)
        return article

    return written


@pytest.fixture
def editor(client_of: Callable[[User], Client], moderator: User) -> Client:
    return client_of(moderator)
