"""The order of comments that a reader chose: in the account, or in the browser by a cookie."""

from typing import Any

from django.http import HttpRequest

from forum.discussion.sorting import BEST, Sorting, sorting_named
from pagecache.key import ORDER_COOKIE, ORDERS


def sorting_of(request: HttpRequest) -> Sorting:
    """Return the order that an address asks for, or else the chosen one.

    A cursor without an order is one of the best comments.
    """
    asked = request.GET.get("sort")
    if asked or request.GET.get("after"):
        return sorting_named(asked)
    return chosen_sorting(request)


def chosen_sorting(request: HttpRequest) -> Sorting:
    person: Any = request.user
    if person.is_authenticated:
        return sorting_named(person.comment_order)
    chosen = request.COOKIES.get(ORDER_COOKIE, "")
    return sorting_named(chosen) if chosen in ORDERS else BEST
