"""Every page is valid HTML, as the Nu HTML checker says, and reads well without a style sheet."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from articles.models import Article, Fact, FAQEntry
from forum.models import Comment
from tests.conftest import OUR_PAGE
from tests.test_routes import RULES, Browsers, address_of, browsers  # noqa: F401 - fixtures

CHECKER = Path(settings.BASE_DIR, "node_modules/vnu-jar/build/dist/vnu.jar")
NO_JAVA = "No Java on this machine: apt install default-jre-headless"
NO_CHECKER = "The HTML checker is missing: npm ci --ignore-scripts"

# Two words with nothing but elements between them that a text browser sets in one line. Reasons of
# a removal stand in one button, and all but one of them are hidden.
RUN_TOGETHER = re.compile(
    r"[\w.!?)](?:</?(?!span class=\"as )(?:a|b|bdi|button|label|span|strong|time)\b[^>]*>)+\w"
)

Page = tuple[str, Any]  # a name, and the answer of the test client

pytestmark = [pytest.mark.process, pytest.mark.django_db]


@pytest.fixture(scope="module")
def checker() -> list[str]:
    missing = NO_JAVA if not which("java") else NO_CHECKER if not CHECKER.exists() else ""
    if missing and os.environ.get("CI") == "true":
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    return [
        "java",
        "-jar",
        str(CHECKER),
        "--format",
        "json",
        "--exit-zero-always",
        "--skip-non-html",
    ]


@pytest.fixture
def pages(
    browsers: Browsers,  # noqa: F811
    address_of: Callable[[str], str],  # noqa: F811
    article: Article,
    say: Callable[..., Comment],
    reader: User,
) -> list[Page]:
    """Every page of the site, as each kind of person gets it, and the
    answers to forms that were filled in wrongly.
    """
    Fact.objects.create(
        article=article, label="Delay", value="50 min", source="A table", position=1
    )
    FAQEntry(article=article, question="How long?", answer="Not *long*.").render_and_save()
    first = say("What > “why”? `code`\n\n> quoted\n\n1. one\n2. two")
    say("An answer", parent=first, by=article.author)
    opened = [
        (f"{name} as {who}", browser.get(address_of(name)))
        for who, browser in browsers.items()
        for name in RULES
    ]
    return [*opened, *filled_in_wrongly(browsers["anybody"], article)]


def filled_in_wrongly(browser: Client, article: Article) -> Iterator[Page]:
    comments = f"{article.get_absolute_url()}comments/"
    email = {"email": "olwen@example.org"}
    yield "not found", browser.get("/nothing/")
    yield "sign in", browser.post("/accounts/login/", {"login": "x"})
    yield "sign up", browser.post("/accounts/signup/", {"email": "x"})
    yield "composer", browser.post(comments, {"body": ""}, **OUR_PAGE)
    yield "preview", browser.post(f"{comments}preview/", {"body": "*Words*"}, **OUR_PAGE)
    yield (
        "draft",
        browser.post(comments, {"body": "Words", "key": "k", **email}, follow=True, **OUR_PAGE),
    )
    yield "code", browser.post("/accounts/password/reset/", email, follow=True)
    yield "wrong code", browser.post("/accounts/password/reset/confirm/", {"code": "1"})


def test_every_page_is_valid(pages: list[Page], checker: list[str], tmp_path: Path) -> None:
    for name, page in pages:
        if page["Content-Type"].startswith("text/html") and page.content:
            Path(tmp_path, f"{name}.html").write_bytes(page.content)
    said = subprocess.run(
        [*checker, str(tmp_path)], capture_output=True, text=True, check=True
    ).stderr
    errors = {
        f"{message['url'].rpartition('/')[2]}:{message.get('lastLine')} {message['message']}"
        for message in json.loads(said)["messages"]
        if message["type"] == "error"
    }
    assert not errors, "\n".join(sorted(errors))


def test_no_words_run_together_without_a_style_sheet(pages: list[Page]) -> None:
    ours = [(name, page.text) for name, page in pages if b"site." in page.content]
    assert len(ours) > 50
    assert {match for _name, text in ours for match in RUN_TOGETHER.findall(text)} == set()
