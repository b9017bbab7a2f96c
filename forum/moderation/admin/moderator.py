from django.contrib import admin

from accounts.admin import ForAdministrators
from forum.people.models.moderator import Moderator


@admin.register(Moderator)
class ModeratorAdmin(ForAdministrators):
    """Moderators of a topic or of the whole site. Administrators moderate everything without a
    row.
    """

    act = "name_moderator"

    list_display = ("person", "topic")
    list_filter = ("topic",)
    list_select_related = ("person", "topic")
    search_fields = ("person__username", "person__email")
    autocomplete_fields = ("person",)
