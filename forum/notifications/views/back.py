from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from text.redirects import own_path


def back(request: HttpRequest, *, otherwise: str, anchor: str = "") -> HttpResponse:
    """Redirect to the page of this site on which the button was pressed."""
    site = f"{request.scheme}://{request.get_host()}"
    page = own_path(request.headers.get("Referer", ""), origin=site).partition("#")[0]
    if page.partition("?")[0] in {"", "/", request.path}:
        page, anchor = otherwise, ""
    return HttpResponseRedirect(f"{page}{anchor}", status=HTTPStatus.SEE_OTHER)
