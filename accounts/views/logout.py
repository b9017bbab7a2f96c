from allauth.account.views import logout as allauth_logout
from django.http import HttpRequest, HttpResponse


def logout(request: HttpRequest) -> HttpResponse:
    """Sign out, and empty the browser's caches, so that Back brings no
    page of this person again.
    """
    response: HttpResponse = allauth_logout(request)
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cache"'
    return response
