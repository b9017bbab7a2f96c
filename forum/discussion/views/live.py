from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.models import Article
from forum.discussion.live import live as newest_of
from forum.discussion.load import led_to_present_address
from forum.discussion.models.discussion import Discussion
from forum.discussion.sorting import sorting_named
from pagecache.decorators import cache_depends_on, cache_page


@cache_page("sort", "after", ignores_cookies=True)
@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Says nothing about anybody and looks at nobody's
    session: it is kept for readers signed in and out.
    """
    article = get_object_or_404(Article.objects.published().at(slug))
    if article.slug != slug:
        return led_to_present_address(request, "live", article.slug)
    cache_depends_on(request, article)
    sorting = sorting_named(request.GET.get("sort"))
    after = sorting.parse_cursor(request.GET.get("after"))
    return JsonResponse(newest_of(Discussion.objects.of(article), sorting=sorting, after=after))
