"""Delete articles in the admin, after a page that says what will be deleted."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from accounts.rights import allows, demand_account
from articles.admin import ArticleAdmin
from articles.models import Article
from forum.maintenance.deletion import delete_article, what_is_deleted
from forum.maintenance.models import Sample
from forum.maintenance.samples import remove_sample
from forum.moderation.permissions import moderator

admin.site.unregister(Article)
# What Django's confirmation shows: lines, counts by model, missing permissions, protected rows.
Confirmation = tuple[list[str], dict[str, int], set[str], list[str]]


@admin.register(Article)
class ArticleWithDiscussionAdmin(ArticleAdmin):
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Confirmation:
        lines = [what_is_deleted(article) for article in objs]
        is_allowed = allows("delete_article", request.user)
        return lines, {}, set() if is_allowed else {str(self.opts.verbose_name)}, []

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.remove_sample_view)
        return [
            path("remove-sample/", view, name="articles_article_remove_sample"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may = allows("remove_sample", request.user) and Sample.objects.exists()
        answer: HttpResponse = super().changelist_view(
            request, {"has_sample": may, **(extra_context or {})}
        )
        return answer

    def remove_sample_view(self, request: HttpRequest) -> HttpResponse:
        demand_account("remove_sample", request.user)
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": _("Remove the sample articles?"),
            }
            return TemplateResponse(request, "admin/articles/article/remove_sample.html", context)
        removed = remove_sample(by=moderator(request))
        messages.success(request, _("The samples are removed."))
        for article in removed.kept:
            messages.info(
                request,
                _("“%(title)s” stays as a draft, because somebody commented on it.")
                % {"title": article},
            )
        return redirect("admin:articles_article_changelist")

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        delete_article(obj, by=moderator(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        for article in queryset:
            delete_article(article, by=moderator(request))
