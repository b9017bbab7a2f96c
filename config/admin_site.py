from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _


class Site(AdminSite):
    """Django's admin, let into by the site's own door, and with a policy that its scripts can live with."""

    site_header = site_title = settings.SITE_NAME
    index_title = _("Administration")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The admin has no way in of its own: limits and confirmed addresses are the same as everywhere."""
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        # jQuery writes markup as strings: static/admin/trusted_types.js makes the policy for them.
        return csp_update({"trusted-types": ["default"]})(super().admin_view(view, cacheable))
