"""Forms of this site, of other sites and of unknown senders; typed text is never lost."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from forum.discussion.csrf import Sender, sender_of
from forum.models import Comment, Draft
from tests.conftest import PASSWORD

ADDRESS = "/articles/high-tide/comments/"
WORDS = {"body": "My harbour is <up> a river.", "email": "new@example.com"}
NULL = "null"
OUR, OTHER = "http://testserver", "https://evil.example"


@pytest.fixture
def strict() -> Client:
    """A browser whose tokens are checked."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def signed_in(reader: User, strict: Client) -> Client:
    strict.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    return strict


def headers(site: str | None = None, origin: str | None = None, **more: str) -> dict[str, Any]:
    said = {"HTTP_SEC_FETCH_SITE": site, "HTTP_ORIGIN": origin}
    return {name: value for name, value in said.items() if value} | more


def form_in(html: str) -> dict[str, str]:
    """Return the hidden fields and texts of a page's form."""
    html = html.partition("<footer")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', html)) | dict(
        re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n([^<]*)</textarea>', html)
    )


@pytest.mark.parametrize(
    ("site", "origin", "sender"),
    [
        ("same-origin", None, Sender.OURS),
        ("same-origin", OUR, Sender.OURS),
        ("same-origin", NULL, Sender.OURS),
        ("same-origin", "https://talk.example.org:8443", Sender.OURS),
        (None, OUR, Sender.OURS),
        (None, "https://talk.example.org:8443", Sender.OURS),
        (None, None, Sender.UNKNOWN),
        (None, NULL, Sender.UNKNOWN),
        ("none", None, Sender.UNKNOWN),
        ("none", NULL, Sender.UNKNOWN),
        ("cross-site", None, Sender.FOREIGN),
        ("cross-site", NULL, Sender.FOREIGN),
        ("cross-site", OUR, Sender.FOREIGN),
        ("same-site", NULL, Sender.FOREIGN),
        ("same-origin", OTHER, Sender.FOREIGN),
        (None, OTHER, Sender.FOREIGN),
        (None, "https://testserver", Sender.FOREIGN),
        (None, "https://talk.example.org", Sender.FOREIGN),
        (None, "https://talk.example.org:8443.evil.example", Sender.FOREIGN),
    ],
)
def test_a_sender_is_ours_foreign_or_unknown(
    site: str | None, origin: str | None, sender: Sender, settings: Settings
) -> None:
    settings.SITE_URL = "https://Talk.example.org:8443"
    assert sender_of(RequestFactory().post("/", **headers(site, origin))) is sender


@pytest.mark.parametrize(
    "sender", [headers("same-origin"), headers("same-origin", NULL), headers(None, OUR)]
)
def test_a_form_of_ours_needs_no_token(
    article: Article, strict: Client, sender: dict[str, Any]
) -> None:
    assert strict.post(ADDRESS, WORDS, **sender).status_code == 302
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("sender", [headers(), headers(None, NULL), headers("none")])
@pytest.mark.parametrize("path", ["", "preview/", "forgot/"])
def test_a_browser_that_says_nothing_is_asked_with_the_words_at_hand(
    article: Article, strict: Client, sender: dict[str, Any], path: str
) -> None:
    page = strict.post(ADDRESS + path, WORDS, **sender)
    html = page.content.decode()
    assert page.status_code == 403
    assert "My harbour is &lt;up&gt; a river.</textarea>" in html
    assert Draft.objects.count() == 0
    if not path:
        assert "Post this comment?" in html
    fields = form_in(html)
    assert strict.post(ADDRESS + path, fields, **sender).status_code in {200, 302}
    assert Draft.objects.count() == (0 if path == "preview/" else 1)


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("preview", 'id="preview"'),
        ("forgot", "If there is an account for <b>new@example.com</b>"),
        ("sign_in", "<h1>Sign in</h1>"),
    ],
)
def test_a_text_browser_that_ignores_formaction_gets_what_it_pressed(
    article: Article, strict: Client, button: str, answer: str
) -> None:
    page = strict.post(ADDRESS, WORDS | {button: ""}).content.decode()
    assert "Send this again?" in page
    assert answer in strict.post(ADDRESS, form_in(page), follow=True).content.decode()


def test_a_text_browser_chooses_its_colours(strict: Client, db: None) -> None:
    page = strict.post("/theme/", {"theme": "dark", "next": "/help/"})
    assert strict.post("/theme/", form_in(page.content.decode())).headers["Location"] == "/help/"
    assert strict.cookies["theme"].value == "dark"


def test_a_text_browser_reports(comment_of_reader: Comment, strict: Client) -> None:
    address = f"/comments/{comment_of_reader.pk}/flag/"
    page = strict.post(address, {"reason": "1", "note": "Look at the second line."})
    html = page.content.decode()
    assert "Look at the second line.</textarea>" in html
    assert strict.post(address, form_in(html)).status_code == 200


@pytest.fixture
def comment_of_reader(say: Callable[..., Comment]) -> Comment:
    return say("It is the moon.")


@pytest.mark.parametrize(
    "sender", [headers("cross-site"), headers("cross-site", NULL), headers(None, OTHER)]
)
def test_a_form_of_another_site_is_refused_without_its_words(
    article: Article, strict: Client, sender: dict[str, Any]
) -> None:
    page = strict.post(ADDRESS, WORDS, **sender)
    assert page.status_code == 403
    assert "My harbour" not in page.content.decode()
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(
    "sender",
    [
        headers("same-origin", NULL),
        headers(None, NULL),
        headers(),
        headers(None, "https://talk.example.org:8443"),
        headers(None, None, HTTP_REFERER="https://talk.example.org:8443/articles/high-tide/"),
    ],
)
def test_a_token_is_enough_whatever_a_proxy_does_to_headers(
    article: Article, signed_in: Client, settings: Settings, sender: dict[str, Any]
) -> None:
    settings.SITE_URL = "https://talk.example.org:8443"
    settings.CSRF_TRUSTED_ORIGINS = [settings.SITE_URL]
    settings.ALLOWED_HOSTS = ["talk.example.org"]
    secure: dict[str, Any] = {"secure": True, "HTTP_HOST": "talk.example.org"}
    page = signed_in.get("/articles/high-tide/", **secure).content.decode()
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)) or [""]
    fields = {"body": "My harbour.", "key": "k1", "csrfmiddlewaretoken": token}
    assert signed_in.post(ADDRESS, fields, **secure, **sender).status_code == 302
    assert Comment.objects.get().body == "My harbour."


@pytest.mark.parametrize(
    "sender", [headers("same-origin"), headers(None, OUR), headers(None, NULL), headers()]
)
@pytest.mark.parametrize("token", [{}, {"csrfmiddlewaretoken": "x" * 64}])
def test_a_token_is_asked_of_whoever_is_signed_in(
    article: Article, signed_in: Client, sender: dict[str, Any], token: dict[str, str]
) -> None:
    page = signed_in.post(ADDRESS, WORDS | token, **sender)
    assert page.status_code == 403
    assert "a river.</textarea>" in page.content.decode()
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_a_browser_without_cookies_is_told_of_them(path: str, strict: Client, reader: User) -> None:
    for _ in range(2):
        token = form_in(strict.get(path).content.decode())["csrfmiddlewaretoken"]
        strict.cookies.clear()
        fields = {"login": reader.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
        page = strict.post(path, fields, **headers("same-origin", OUR))
        assert page.status_code == 403
        assert "cookies" in page.content.decode()
        strict.cookies.clear()


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/comments/{pk}/edit/", "body"),
        ("/moderation/people/Ines%20Okafor/measures/", "note"),
        ("/desk/articles/new/", "body"),
    ],
)
def test_an_ended_session_gives_the_words_back(
    comment_of_reader: Comment, client: Client, path: str, field: str
) -> None:
    page = client.post(path.format(pk=comment_of_reader.pk), {field: "Long since typed."})
    html = page.content.decode()
    assert page.status_code == 403
    assert "Long since typed.</textarea>" in html
    assert 'href="/accounts/login/" target="_blank"' in html


def test_without_words_an_ended_session_leads_to_the_door(
    comment_of_reader: Comment, client: Client
) -> None:
    assert client.post(f"/comments/{comment_of_reader.pk}/delete/").status_code == 302
