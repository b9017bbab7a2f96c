from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article
from database.keyset import BY_TIME, parse_cursor
from forum.discussion.person_page import person_page

ARTICLES_SHOWN = 20  # the newest


@require_safe
def person(request: HttpRequest, username: str) -> HttpResponse:
    if "\0" in username:  # PostgreSQL holds no such text, and refuses to look for it
        raise Http404
    found = get_object_or_404(get_user_model(), username=username, is_active=True)
    comments, next_cursor = person_page(
        found, after=parse_cursor(request.GET.get("after"), BY_TIME)
    )
    written = Article.objects.published().filter(author=found).newest().without_text()
    context = {
        "person": found,
        "articles": written[:ARTICLES_SHOWN],
        "comments": comments,
        "next_cursor": next_cursor,
    }
    return render(request, "forum/discussion/person.html", context)
