from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from database.keyset import parse_number
from forum.discussion.load import discussion_at
from forum.discussion.new_comments import newer_page
from pagecache.decorators import cache_depends_on, cache_page


@cache_page("since")
@require_safe
def newer(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the comments behind one that the reader has seen."""
    discussion = discussion_at(request, slug)
    cache_depends_on(request, discussion.article)
    page = newer_page(
        discussion, since=parse_number(request.GET.get("since")) or 0, person=request.user
    )
    context = {"page": page, "discussion": discussion, "article": discussion.article}
    return render(request, "forum/discussion/newer.html", context)
