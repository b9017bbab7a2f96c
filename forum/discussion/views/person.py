from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from database.keyset import BY_TIME, parse_cursor
from forum.discussion.person_page import people_with_profile, person_page
from forum.discussion.structured_data import profile_page


@require_safe
def person(request: HttpRequest, username: str) -> HttpResponse:
    if "\0" in username:  # PostgreSQL holds no such text, and refuses to look for it
        raise Http404
    found = people_with_profile().filter(username=username).first()
    if found is None:
        return _led_to_present_name(request, username)
    after = parse_cursor(request.GET.get("after"), BY_TIME)
    page = person_page(found, reader=request.user, after=after)
    context = {"person": found, "page": page, "structured_data": profile_page(page)}
    return render(request, "forum/discussion/person.html", context)


def _led_to_present_name(request: HttpRequest, name: str) -> HttpResponse:
    """Lead from a former name, or another spelling, to the page of the person. Not for ever: they
    may take the name again.
    """
    holder = User.objects.called(name)
    if holder is None or not holder.is_active:
        raise Http404
    address, query = holder.get_absolute_url(), request.META["QUERY_STRING"]
    return redirect(f"{address}?{query}" if query else address)
