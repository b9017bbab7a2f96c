from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.names import NAME_MAX_LENGTH
from database.keyset import parse_number
from forum.discussion.load import discussion_at
from forum.discussion.mentions import names_in


@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Names that complete what somebody types behind an "@"."""
    if not request.user.is_authenticated:
        raise PermissionDenied(_("Sign in to search for people."))
    asked, thread = (
        request.GET.get("q", "")[:NAME_MAX_LENGTH],
        parse_number(request.GET.get("thread")),
    )
    names = names_in(discussion_at(request, slug), beginning=asked, thread=thread)
    return JsonResponse(names, safe=False)
