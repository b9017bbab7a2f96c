"""Pages are rendered when the cache has no valid copy, and served from it otherwise."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
import time_machine

from pagecache import key, versions
from pagecache.entry import MAX_AGE
from pagecache.middleware import PageCache
from tests.pagecache.conftest import Site
from tests.pagecache.reader import HOST, Read, ask

pytestmark = pytest.mark.django_db(transaction=True)  # stamps are set when a transaction ends

PAGE = "/articles/high-tide/"
LIVE = f"{PAGE}live/"
MANY = 20


def test_a_page_is_made_once(page_cache: PageCache, site: Site) -> None:
    assert ask(page_cache, PAGE).body == ask(page_cache, PAGE).body
    assert len(site.asked) == 1


@pytest.mark.parametrize("change", [versions.mark_stale, versions.purge])
def test_a_changed_page_is_made_again(
    change: Callable[[int], None], page_cache: PageCache, site: Site
) -> None:
    ask(page_cache, PAGE)
    change(2)
    ask(page_cache, PAGE)
    assert len(site.asked) == 1
    change(1)
    assert ask(page_cache, PAGE).text.startswith("answer 2")


def test_a_page_ends_by_itself(page_cache: PageCache, site: Site) -> None:
    with time_machine.travel("2026-03-01 12:00Z", tick=False) as clock:
        ask(page_cache, PAGE)
        clock.shift(timedelta(seconds=MAX_AGE))
        assert ask(page_cache, PAGE).text.startswith("answer 2")


def test_a_page_begun_before_a_removal_is_not_kept(page_cache: PageCache, site: Site) -> None:
    site.while_it_answers = lambda: versions.purge(1)
    ask(page_cache, PAGE)
    assert ask(page_cache, PAGE).text.startswith("answer 2")


def test_each_theme_has_its_page(page_cache: PageCache, site: Site) -> None:
    for cookie in ("theme=dark", "theme=light", "theme=system", "theme=dark"):
        ask(page_cache, PAGE, cookie=cookie)
    assert [environ.get("HTTP_COOKIE", "") for environ in site.asked] == [
        "theme=dark",
        "theme=light",
        "",
    ]


def test_the_site_makes_a_page_for_nobody(page_cache: PageCache, site: Site) -> None:
    ask(
        page_cache,
        PAGE,
        cookie="theme=dark; csrf=abc",
        user_agent="Lynx",
        x_forwarded_for="192.0.2.1",
        referer="/secret/",
    )
    [told] = site.asked
    somebody = {
        name: told[name] for name in told if name.startswith(("HTTP_", "REMOTE_", "CONTENT_"))
    }
    assert somebody == {"HTTP_HOST": HOST, "HTTP_COOKIE": "theme=dark"}


@pytest.mark.parametrize("name", ["session", "messages", "draft"])
def test_who_is_somebody_is_answered_by_the_site(
    name: str, page_cache: PageCache, site: Site
) -> None:
    ask(page_cache, PAGE)
    answer = ask(page_cache, PAGE, cookie=f"theme=dark; {name}=abc")
    assert answer.text.startswith("answer 2")
    assert "etag" not in answer.headers
    assert site.asked[1]["HTTP_COOKIE"] == f"theme=dark; {name}=abc"
    assert ask(page_cache, PAGE).text.startswith("answer 1")


def test_the_live_answer_is_the_same_for_everybody(page_cache: PageCache, site: Site) -> None:
    first = ask(page_cache, LIVE, cookie="session=abc; theme=dark")
    assert ask(page_cache, LIVE) == first
    assert "HTTP_COOKIE" not in site.asked[0]
    assert first.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}?utm_source=mail",
        f"{PAGE}?sort=oldest&x",
        f"{PAGE}?after={'9' * 300}",
        "/",
        "/help/",
        "/né/",
    ],
)
def test_what_no_view_has_named_is_not_kept(
    address: str, page_cache: PageCache, site: Site
) -> None:
    ask(page_cache, address), ask(page_cache, address)
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "address",
    [
        f"/comments/{'0' * 50}1/",
        f"/comments/{'0' * 6000}1/",
        f"/articles/{'a' * 6000}/",
        f"/articles/{'a' * 6000}/live/",
        f"{PAGE}?after={'9' * 6000}",
    ],
)
def test_another_spelling_or_a_long_address_takes_no_memory(
    address: str, page_cache: PageCache, site: Site
) -> None:
    ask(page_cache, address), ask(page_cache, address)
    assert len(site.asked) == 2
    remembered = (key.is_cacheable, key.ignores_cookies)
    counts = [cached.cache_info().currsize for cached in remembered]
    ask(page_cache, address.replace("1/", "2/") + ("9" if "?" in address else "?after=9" * 30))
    assert [cached.cache_info().currsize for cached in remembered] == counts


def test_a_long_header_takes_no_memory() -> None:
    assert key.encoding_in("br, " + "x" * 60_000) == "br"
    sizes = key._encoding_in.cache_info().currsize
    key.encoding_in("br, " + "x" * 60_001)
    assert key._encoding_in.cache_info().currsize == sizes


def test_another_host_is_answered_by_the_site(page_cache: PageCache, site: Site) -> None:
    ask(page_cache, PAGE)
    assert ask(page_cache, PAGE, host="evil.example").text.startswith("answer 2")


def test_a_site_with_https_keeps_what_came_by_https(site: Site) -> None:
    page_cache = PageCache(site, address="https://example.org")
    for _ in range(2):
        ask(page_cache, PAGE, host="example.org")
    assert len(site.asked) == 2
    for _ in range(2):
        ask(page_cache, PAGE, host="example.org", x_forwarded_proto="https")
    assert len(site.asked) == 3


@pytest.mark.parametrize(
    ("status", "header"),
    [
        ("404 Not Found", ("X", "y")),
        ("200 OK", ("Set-Cookie", "csrf=abc")),
        ("200 OK", ("Cache-Control", "private")),
    ],
)
def test_an_answer_for_one_reader_is_given_and_not_kept(
    status: str, header: tuple[str, str], page_cache: PageCache, site: Site
) -> None:
    site.status, site.headers = status, [header]
    answers = [ask(page_cache, PAGE) for _ in range(2)]
    assert [answer.text[:8] for answer in answers] == ["answer 1", "answer 2"]
    assert answers[0].status == status
    assert header[0].lower() in answers[0].headers


def test_an_answer_that_names_no_article_is_not_kept(page_cache: PageCache, site: Site) -> None:
    site.names_article = False
    assert ask(page_cache, PAGE) != ask(page_cache, PAGE)


# --- Many at once ---


def ask_at_once(page_cache: PageCache, many: int = MANY) -> list[Read]:
    with ThreadPoolExecutor(many) as pool:
        return [
            asking.result() for asking in [pool.submit(ask, page_cache, PAGE) for _ in range(many)]
        ]


def test_one_makes_the_page_and_the_others_wait(page_cache: PageCache, site: Site) -> None:
    site.while_it_answers = lambda: time.sleep(0.2)
    answers = ask_at_once(page_cache)
    assert len(site.asked) == 1
    assert {answer.text[:8] for answer in answers} == {"answer 1"}


def test_the_old_page_is_given_while_the_new_one_is_made(page_cache: PageCache, site: Site) -> None:
    ask(page_cache, PAGE)
    versions.mark_stale(1)
    begun, go_on = Event(), Event()
    site.while_it_answers = lambda: begun.set() or go_on.wait(5)  # type: ignore[func-returns-value]
    with ThreadPoolExecutor(1) as pool:
        maker = pool.submit(ask, page_cache, PAGE)
        begun.wait(5)
        assert ask(page_cache, PAGE).text.startswith("answer 1")
        go_on.set()
        assert maker.result().text.startswith("answer 2")
    assert ask(page_cache, PAGE).text.startswith("answer 2")


def test_nobody_gets_the_old_page_of_which_something_was_removed(
    page_cache: PageCache, site: Site
) -> None:
    ask(page_cache, PAGE)
    versions.purge(1)
    site.while_it_answers = lambda: time.sleep(0.1)
    assert {answer.text[:8] for answer in ask_at_once(page_cache)} == {"answer 2"}


def test_a_page_that_changes_all_the_time_rests_between_two_makings(site: Site) -> None:
    page_cache = PageCache(site, address=f"http://{HOST}", max_render_share=0.25)
    site.while_it_answers = lambda: time.sleep(0.05)
    started = time.monotonic()
    while time.monotonic() - started < 0.5:
        versions.mark_stale(1)
        ask(page_cache, PAGE)
    assert 2 <= len(site.asked) <= 4


def test_a_maker_that_fails_is_in_nobodys_way(page_cache: PageCache, site: Site) -> None:
    def fail() -> None:
        if len(site.asked) == 1:
            time.sleep(0.1)
            raise RuntimeError

    site.while_it_answers = fail
    with ThreadPoolExecutor(MANY) as pool:
        asked = [pool.submit(ask, page_cache, PAGE) for _ in range(MANY)]
    assert sum(asking.exception() is not None for asking in asked) == 1
    assert ask(page_cache, PAGE).status == "200 OK"


def test_without_a_clock_nothing_is_kept(
    page_cache: PageCache, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise PermissionError

    ask(page_cache, PAGE)
    monkeypatch.setattr(versions, "_clock", lost)
    versions.purge(1)
    for _ in range(2):
        assert ask(page_cache, PAGE).status == "200 OK"
    assert len(site.asked) == 3
