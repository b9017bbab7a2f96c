from django.contrib import admin

from forum.models import Moderator


@admin.register(Moderator)
class ModeratorAdmin(admin.ModelAdmin):
    """Who moderates what. Administrators moderate everything without a line here."""

    list_display = ("person", "topic")
    list_filter = ("topic",)
    list_select_related = ("person", "topic")
    search_fields = ("person__username", "person__email")
    autocomplete_fields = ("person",)
