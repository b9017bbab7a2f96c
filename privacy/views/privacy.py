from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from privacy.cookies import BROWSER_STORAGE, COOKIES
from privacy.notes import sections
from privacy.remains import REMAINS


def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is stored of people, from the notes beside the models."""
    context = {
        "sections": [section for section in sections() if section.notes],
        "cookies": COOKIES,
        "browser_storage": BROWSER_STORAGE,
        "remains": REMAINS,
    }
    return render(request, "privacy/privacy.html", context)
