from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from publication.current import current
from publication.models import PageName, PageVersion

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def stylesheet(request: HttpRequest, version: str) -> HttpResponse:
    """Return the site's colours. A page from before a change gets those of now, unstored."""
    look = current().look
    if look is None:
        raise Http404
    response = HttpResponse(look.css, content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER if version == look.version else "no-cache"
    return response


@require_safe
def page(request: HttpRequest, name: str, number: int | None = None) -> HttpResponse:
    """Show a page about the site: the newest version, or an earlier one."""
    if name not in PageName:
        raise Http404
    versions = list(PageVersion.objects.filter(name=name).order_by("-number").defer("text", "html"))
    if not versions:
        raise Http404
    wanted = versions[0].number if number is None else number
    version = get_object_or_404(PageVersion, name=name, number=wanted)
    context = {"page": version, "versions": versions, "is_newest": wanted == versions[0].number}
    return render(request, "publication/page.html", context)
