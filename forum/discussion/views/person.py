from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from database.keyset import BY_TIME, parse_cursor
from forum.discussion.person_page import people_with_profile, person_page
from forum.discussion.structured_data import profile_page


@require_safe
def person(request: HttpRequest, username: str) -> HttpResponse:
    if "\0" in username:  # PostgreSQL holds no such text, and refuses to look for it
        raise Http404
    found = get_object_or_404(people_with_profile(), username=username)
    after = parse_cursor(request.GET.get("after"), BY_TIME)
    page = person_page(found, reader=request.user, after=after)
    context = {"person": found, "page": page, "structured_data": profile_page(page)}
    return render(request, "forum/discussion/person.html", context)
