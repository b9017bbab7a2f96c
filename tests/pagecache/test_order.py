"""A chosen order of comments is served from the page that a link to this order has."""

import pytest

from pagecache.middleware import PageCache
from tests.pagecache.conftest import Site
from tests.pagecache.reader import ask

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/articles/high-tide/"


def test_a_chosen_order_and_a_link_to_it_are_one_page(page_cache: PageCache, site: Site) -> None:
    ask(page_cache, f"{PAGE}?sort=newest")
    ask(page_cache, PAGE, cookie="sort=newest")
    ask(page_cache, PAGE, cookie="theme=none; sort=newest")
    assert [environ["QUERY_STRING"] for environ in site.asked] == ["sort=newest"]


def test_an_address_with_an_order_or_a_cursor_is_served_as_asked(
    page_cache: PageCache, site: Site
) -> None:
    for query in ("sort=oldest", "after=9_1", "sort=best"):
        ask(page_cache, f"{PAGE}?{query}", cookie="sort=newest")
    assert [environ["QUERY_STRING"] for environ in site.asked] == ["sort=oldest", "after=9_1", ""]


def test_the_best_by_name_are_the_page_without_a_name(page_cache: PageCache, site: Site) -> None:
    for address in (PAGE, f"{PAGE}?sort=best"):
        ask(page_cache, address)
    assert len(site.asked) == 1


def test_pages_without_an_order_know_no_such_cookie(page_cache: PageCache, site: Site) -> None:
    ask(page_cache, "/help/", cookie="sort=newest")
    assert site.asked[0].get("QUERY_STRING", "") == ""
