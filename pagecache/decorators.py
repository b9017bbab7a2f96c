"""Functions by which a view lets its response be cached (pagecache.middleware does it)."""

from collections.abc import Callable, Iterable

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]

ARTICLE = "parley.article"
QUOTED = "parley.quoted"


def cache_page(*parameters: str, ignores_cookies: bool = False) -> Callable[[View], View]:
    """Let the response for signed-out readers be cached, if the query has no other parameters.

    A view that ignores cookies gives everybody the same response;
    its cached response is sent to signed-in people, too.
    """

    def mark(view: View) -> View:
        view.__dict__["cached_parameters"] = frozenset(parameters)
        view.__dict__["ignores_cookies"] = ignores_cookies
        return view

    return mark


def cache_depends_on(request: HttpRequest, article: Model) -> None:
    """Name the article whose versions decide whether the cached response is valid.

    A response without an article is not cached.
    """
    request.META[ARTICLE] = article.pk


def quotes(request: HttpRequest, articles: Iterable[int]) -> None:
    """Name other articles that the response quotes: a purge of one of them purges it, too."""
    request.META.setdefault(QUOTED, set()).update(articles)
