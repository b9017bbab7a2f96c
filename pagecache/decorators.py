"""The words by which a view says that its answer may be kept
for everybody (pagecache.middleware does it).
"""

from collections.abc import Callable, Iterable

from django.db.models import Model
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]

ARTICLE = "parley.article"
QUOTED = "parley.quoted"


def kept(*parameters: str, ignores_cookies: bool = False) -> Callable[[View], View]:
    """Let the answer to a signed-out reader be cached, where the query names only these parameters.

    A view that ignores cookies answers everybody alike; its
    cached answer serves signed-in people, too.
    """

    def mark(view: View) -> View:
        view.__dict__["kept_with"] = frozenset(parameters)
        view.__dict__["ignores_cookies"] = ignores_cookies
        return view

    return mark


def changes_with(request: HttpRequest, article: Model) -> None:
    """Names the article whose versions say whether the
    answer is still true; without it nothing is kept.
    """
    request.META[ARTICLE] = article.pk


def quotes(request: HttpRequest, articles: Iterable[int]) -> None:
    """Name the other articles of which the answer shows
    something: what purges one of them purges the answer.
    """
    request.META.setdefault(QUOTED, set()).update(articles)
