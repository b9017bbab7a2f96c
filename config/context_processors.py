from typing import Any

from django.conf import settings
from django.http import HttpRequest

from pagecache.key import THEMES
from pagecache.language import offers_several
from publication.current import current


def site(request: HttpRequest) -> dict[str, Any]:
    publication = current()
    chosen = request.COOKIES.get("theme", "")
    return {
        "site_name": publication.name,
        "site_url": settings.SITE_URL,
        "contact_email": publication.contact,
        "publication": publication,
        "theme": chosen if chosen in THEMES else "",
        "languages": settings.LANGUAGES if offers_several() else [],
    }
