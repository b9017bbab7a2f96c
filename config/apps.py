from contextlib import suppress

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _

# Headings of the admin in place of those that other people's packages bring.
HEADINGS = {"auth": _("Groups and permissions"), "django_tasks_database": _("Background tasks")}


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = _("Site")

    def ready(self) -> None:
        # For the person who serves only: it holds sessions and
        # mails. Where it cannot be made, start says so.
        with suppress(OSError):
            settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        for label, heading in HEADINGS.items():
            apps.get_app_config(label).verbose_name = heading
        if apps.is_installed("anymail"):
            from anymail.signals import tracking

            from accounts import bounces

            tracking.connect(bounces.receive)


class SiteAdminConfig(AdminConfig):
    default_site = "config.admin_site.Site"
