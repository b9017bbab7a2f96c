from django.apps import apps
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from accounts.views.picture import picture
from config.views import choices, policy_reports, well_known

urlpatterns = [
    path("", include("articles.urls")),
    path("", include("forum.urls")),
    path("", include("desk.urls")),
    path("", include("search.urls")),
    path("", include("publication.urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    re_path(r"^pictures/(?P<name>[A-Za-z0-9_-]{22})\.webp$", picture, name="picture"),
    path("", include("privacy.urls")),
    path("help/", TemplateView.as_view(template_name="help.html"), name="help"),
    path("theme/", choices.theme, name="theme"),
    path("reading/", choices.reading, name="reading"),
    path("language/", choices.language, name="language"),
    path("policy-reports/", policy_reports.collect, name="policy_reports"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("robots.txt", well_known.robots_txt, name="robots"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
]
if apps.is_installed("anymail"):
    urlpatterns.append(path("anymail/", include("config.webhooks")))

handler400 = "config.views.errors.bad_request"
handler403 = "config.views.errors.permission_denied"
handler404 = "config.views.errors.page_not_found"
handler500 = "config.views.errors.server_error"
