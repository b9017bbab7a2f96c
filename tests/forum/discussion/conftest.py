from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from articles.models import Article, Passage
from forum.discussion.models.about import fields_about
from forum.models import Comment, Discussion
from forum.posting.post import post_comment


@pytest.fixture
def noon(article: Article) -> Passage:
    return article.passages.get(anchor="p-1")


@pytest.fixture
def remark(discussion: Discussion, reader: User, noon: Passage) -> Callable[..., Comment]:
    """Return a function that posts a comment about the first paragraph: `remark("words",
    selected="harbour wall")`.
    """

    def post(body: str, *, selected: str = "", **words: Any) -> Comment:
        return post_comment(
            discussion,
            by=reader,
            body=body,
            key=body,
            **{**fields_about(noon, selected=selected), **words},
        )

    return post
