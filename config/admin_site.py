from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.decorators import csp_update
from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList, ChangeListSearchForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from publication.current import current

# Each word is looked for in each column: hundreds are more than a database takes in one query.
SEARCH_MAX_LENGTH = 100


class ShortSearchForm(ChangeListSearchForm):
    """Django's, with a limit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        too_long = _("Enter at most %(limit)d characters.") % {"limit": SEARCH_MAX_LENGTH}
        self.fields[SEARCH_VAR] = forms.CharField(
            required=False,
            strip=False,
            max_length=SEARCH_MAX_LENGTH,
            error_messages={"max_length": too_long},
        )


ChangeList.search_form_class = ShortSearchForm


class Site(AdminSite):
    """Django's admin, let into by the site's own door, and
    with a policy that its scripts can live with.
    """

    index_title = _("Administration")

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        name = current().name
        return super().each_context(request) | {"site_title": name, "site_header": name}

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The admin has no way in of its own: limits and
        confirmed addresses are the same as everywhere.
        """
        answer: HttpResponse = secure_admin_login(super().login)(request, extra_context)
        return answer

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        # jQuery writes markup as strings: static/admin/trusted_types.js makes the policy for them.
        return csp_update({"trusted-types": ["default"]})(super().admin_view(view, cacheable))

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Find nothing for what is longer than any name."""
        if len(request.GET.get("term", "")) > SEARCH_MAX_LENGTH:
            return JsonResponse({"results": [], "pagination": {"more": False}})
        answer: HttpResponse = super().autocomplete_view(request)
        return answer
