from typing import Any

import django_tasks_db.admin  # noqa: F401  it registers what is replaced below
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.admin import DBTaskResultAdmin
from django_tasks_db.models import DBTaskResult

from accounts.admin import ForAdministrators
from config.models import PolicyViolation
from mail.delivery import send_again
from mail.models import Suppression, UndeliveredEmail

admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class TaskAdmin(DBTaskResultAdmin, ForAdministrators):
    """Tasks carry letters, and letters carry the codes and links that let people in."""

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return ForAdministrators.has_view_permission(self, request, obj)


@admin.register(UndeliveredEmail)
class UndeliveredEmailAdmin(ForAdministrators):
    """Emails that no server accepted, with an action to send them again. Their text is hidden."""

    list_display = ("recipient", "cause", "answer", "tries", "last_failed_at", "next_try_at")
    list_filter = ("cause", "last_failed_at")
    search_fields = ("recipient", "answer")
    readonly_fields = (*list_display, "first_failed_at")
    actions = ("send_again",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[UndeliveredEmail]) -> None:
        emails = list(queryset)
        for email in emails:
            send_again(email)
        message = ngettext(
            "%d email will be sent again.", "%d emails will be sent again.", len(emails)
        )
        self.message_user(request, message % len(emails))


@admin.register(Suppression)
class SuppressionAdmin(ForAdministrators):
    """Addresses that get no notifications. Deleting one lets the site write there again."""

    list_display = ("email", "cause", "created_at")
    list_filter = ("cause", "created_at")
    search_fields = ("email",)
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(PolicyViolation)
class PolicyViolationAdmin(ForAdministrators):
    """Reports of browsers about the Content-Security-Policy, counted and read only."""

    list_display = ("day", "directive", "origin", "times")
    list_filter = ("day", "directive")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
