from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pagecache.key import THEMES
from pagecache.language import offers_several


def site(request: HttpRequest) -> dict[str, Any]:
    chosen = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT,
        "theme": chosen if chosen in THEMES else "",
        "languages": settings.LANGUAGES if offers_several() else [],
    }
