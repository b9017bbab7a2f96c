from collections.abc import Callable
from typing import cast

from csp.constants import NONE
from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.models import Picture

Decorator = Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]

# Another picture has another address. Only browsers may store it, so that one which was removed
# is gone for everybody who had not seen it.
FOR_EVER = "private, max-age=31536000, immutable"
# Opened as a page of its own, a picture may do nothing.
POLICY = {"default-src": [NONE], "frame-ancestors": [NONE], "sandbox": [""]}


@require_safe
@cast(Decorator, csp(POLICY))
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """Return the picture of a person: to everybody while their page shows it, and to them."""
    found = Picture.objects.filter(name=name).select_related("person__profile").first()
    if found is None or not found.visible_to(request.user):
        raise Http404
    response = HttpResponse(bytes(found.data), content_type="image/webp")
    response["Cache-Control"] = FOR_EVER
    response["Content-Disposition"] = f'inline; filename="{found.name}.webp"'
    return response
