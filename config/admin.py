from typing import Any

import django_tasks_db.admin  # noqa: F401  it registers what is replaced below
from django.contrib import admin
from django_tasks_db.admin import DBTaskResultAdmin
from django_tasks_db.models import DBTaskResult

from accounts.admin import ForAdministrators

admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class TaskAdmin(DBTaskResultAdmin, ForAdministrators):
    """Tasks carry letters, and letters carry the codes and links that let people in."""

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return ForAdministrators.has_view_permission(self, request, obj)
