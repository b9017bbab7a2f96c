from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.keep import changes_with, kept
from articles.models import Article
from forum.live import live as newest_of
from forum.models import Discussion
from forum.views.composer import number_in


@kept("sort", "after")
@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Says nothing about anybody and looks at nobody's session: it is kept for readers signed in and out."""
    article = get_object_or_404(Article.objects.published(), slug=slug)
    changes_with(request, article)
    asked = request.GET
    found = newest_of(Discussion.objects.of(article), sort=asked.get("sort", ""), after=number_in(asked.get("after")))
    return JsonResponse(found)
