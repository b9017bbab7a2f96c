from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Topic
from database.keyset import parse_number


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "position")
    list_editable = ("position",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """The list of articles, and their deletion. They are written at the desk."""

    list_display = ("title", "topic", "state", "published_at", "updated_at")
    list_filter = ("status", "topic")
    list_select_related = ("topic",)
    search_fields = ("title", "slug", "short_answer", "body")
    date_hierarchy = "published_at"

    @admin.display(description=_("status"), ordering="status")
    def state(self, article: Article) -> str:
        return gettext("Scheduled") if article.is_scheduled else article.get_status_display()

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return redirect("desk_new_article")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        article = get_object_or_404(Article, pk=parse_number(object_id))
        return redirect("desk_article", article.pk)
