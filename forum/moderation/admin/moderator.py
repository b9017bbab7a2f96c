from django.contrib import admin

from accounts.admin import ForAdministrators
from forum.people.models.moderator import Moderator


@admin.register(Moderator)
class ModeratorAdmin(ForAdministrators):
    """Who moderates what. Administrators moderate everything without a line here."""

    act = "name_moderator"

    list_display = ("person", "topic")
    list_filter = ("topic",)
    list_select_related = ("person", "topic")
    search_fields = ("person__username", "person__email")
    autocomplete_fields = ("person",)
