from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article, FAQEntry, Topic
from articles.writing import render_and_save
from forum.models import Comment, Discussion
from forum.posting.post import post_comment

pytest_plugins = [
    "tests.accounts.elsewhere",
    "tests.databases",
    "tests.environment",
    "tests.mail",
    "tests.server",
]

OUR_PAGE: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PASSWORD = "quiet harbour wall"


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Tides", slug="tides")


@pytest.fixture
def author(db: None) -> User:
    return User.objects.create_user(email="maren@example.com", username="Maren Holt")


@pytest.fixture
def article(topic: Topic, author: User) -> Article:
    article = Article(
        topic=topic,
        author=author,
        title="Why high tide comes later",
        slug="high-tide",
        short_answer="About fifty minutes later each day.",
        body="Stand on a harbour wall at noon.\n\nThe tide will still be rising.",
        status=Article.Status.PUBLISHED,
    )
    render_and_save(article)
    return article


@pytest.fixture
def with_questions(article: Article) -> Article:
    for position, question in enumerate(("First?", "Second?", "Third?"), start=1):
        FAQEntry(
            article=article, question=question, answer="So.", position=position
        ).render_and_save()
    return article


def person(name: str, **fields: bool) -> User:
    first = name.split()[0].lower()
    address = f"{first if first.isascii() else first.encode('punycode').decode()}@example.com"
    user = User.objects.create_user(email=address, username=name, password=PASSWORD, **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def reader(db: None) -> User:
    return person("Ines Okafor")


@pytest.fixture
def other_reader(db: None) -> User:
    return person("Tomas Reyle")


@pytest.fixture
def moderator(db: None) -> User:
    return person("Olwen Pryce", is_staff=True, is_superuser=True)


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def discussion(article: Article) -> Discussion:
    return Discussion.objects.of(article)


@pytest.fixture
def say(discussion: Discussion, reader: User) -> Callable[..., Comment]:
    """Posts a comment, not held to the pace of one person:
    `say("words", by=somebody, parent=comment)`.
    """

    def post(body: str, *, by: User | None = None, parent: Comment | None = None) -> Comment:
        return post_comment(
            discussion,
            by=by or reader,
            body=body,
            parent=parent,
            key=uuid4().hex,
            at=timezone.now(),
        )

    return post
