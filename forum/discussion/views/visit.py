from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from articles.models import Article
from database.keyset import parse_number
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.visit import Visit


@login_required
@require_POST
def visit(request: HttpRequest, slug: str) -> HttpResponse:
    """Store how far the reader has read. The script sends it once the page was seen, or a button
    marks all as read.
    """
    article = get_object_or_404(Article.objects.visible_to(request.user).at(slug))
    if article.slug != slug:
        return redirect("visit", article.slug, permanent=True, preserve_request=True)
    discussion = Discussion.objects.of(article)
    if discussion.pk is None:  # nobody has written here, so there is nothing to mark as read
        return HttpResponse(status=204)
    far: dict[str, Any] = {
        "person": request.user,
        "discussion": discussion,
        "seen": parse_number(request.POST.get("seen")) or 0,
    }
    if "read" in request.POST:
        Visit.objects.mark_read(**far)
        return redirect(discussion)
    Visit.objects.record(**far)
    return HttpResponse(status=204)
