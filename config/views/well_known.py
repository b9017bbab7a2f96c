from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from publication.crawlers import TRAINING_CRAWLERS
from publication.current import current

# RFC 9116 asks for less than a year, so that an abandoned address does not look alive for ever.
SECURITY_TXT_LIFETIME = timedelta(days=180)
NOT_FOR_SEARCH = ["/accounts/", "/admin/", "/drafts/"]


def robots_txt(request: HttpRequest) -> HttpResponse:
    rules = [f"Disallow: {path}" for path in NOT_FOR_SEARCH]
    if current().row.refuses_training:
        rules += ["", *(f"User-agent: {name}" for name in TRAINING_CRAWLERS), "Disallow: /"]
    return _text(["User-agent: *", *rules, "", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"])


def security_txt(request: HttpRequest) -> HttpResponse:
    contact = current().contact
    expires = (timezone.now() + SECURITY_TXT_LIFETIME).replace(hour=0, minute=0, second=0)
    return _text(
        [
            f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
            f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
            f"Preferred-Languages: {', '.join(code for code, _ in settings.LANGUAGES)}",
            f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
        ]
    )


def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers and feed readers that guess the icon's address to the icon."""
    return redirect(static("favicon.ico"))


def change_password(request: HttpRequest) -> HttpResponse:
    return redirect("account_change_password")


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
