from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.conflict import differences
from articles.forms import ArticleForm, FactForm, FAQEntryForm, FAQFormSet
from articles.models import Article, Fact, FAQEntry, Topic
from articles.models.article import OutdatedArticle
from articles.positions import move, put_in_order
from articles.views import article_page
from articles.visibility import visibility_changed
from articles.writing import render_and_save, save_passages
from database.keyset import parse_number

MOVE_UP, MOVE_DOWN = -1, 1


@admin.display(description=_("move"))
def move_buttons(row: Fact | FAQEntry) -> SafeString:
    """They save the page, too, and need no script."""
    if row.pk is None:
        return SafeString("")
    steps = ((MOVE_UP, "↑", gettext("Move up")), (MOVE_DOWN, "↓", gettext("Move down")))
    return format_html_join(
        " ",
        '<button name="_move" value="{} {} {}" aria-label="{}: {}">{}</button>',
        ((row._meta.model_name, row.pk, step, words, row, sign) for step, sign, words in steps),
    )


class FactInline(admin.StackedInline):
    model = Fact
    form = FactForm
    extra = 1
    fields = (("position", "move"), ("label", "value"), "text", ("source", "source_url", "as_of"))
    readonly_fields = ("move",)
    move = staticmethod(move_buttons)


class FAQInline(admin.StackedInline):
    model = FAQEntry
    form = FAQEntryForm
    formset = FAQFormSet
    extra = 1
    fields = (("position", "move"), "question", "slug", "answer")
    readonly_fields = ("move",)
    move = staticmethod(move_buttons)


def errors_in(form: Any, formsets: list[Any]) -> Iterator[str]:
    """Yield what is wrong, each with the field it is about."""
    for each in [form, *(row for formset in formsets for row in formset.forms)]:
        for name, errors in each.errors.items():
            label = f"{each.fields[name].label}: " if name in each.fields else ""
            yield from (f"{label}{error}" for error in errors)
    for formset in formsets:
        yield from formset.non_form_errors()


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "position")
    list_editable = ("position",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    form = ArticleForm
    inlines = (FactInline, FAQInline)
    # The first button of a form is the one that Enter
    # presses: it has to be Save, not a row's arrow.
    save_on_top = True
    readonly_fields = ("former_addresses", "updated_at")
    fieldsets = (
        (None, {"fields": ("version", "title", "short_answer", "body")}),
        (_("Publication"), {"fields": ("status", "published_at", "topic", "author", "updated_at")}),
        (_("Address"), {"fields": ("slug", "former_addresses")}),
        (_("Facts"), {"fields": ("facts_heading",)}),
    )
    list_display = ("title", "topic", "state", "published_at", "updated_at")
    list_filter = ("status", "topic")
    list_select_related = ("topic",)
    search_fields = ("title", "slug", "short_answer", "body")
    date_hierarchy = "published_at"

    @admin.display(description=_("status"), ordering="status")
    def state(self, article: Article) -> str:
        return gettext("Scheduled") if article.is_scheduled else article.get_status_display()

    @admin.display(description=_("former addresses"))
    def former_addresses(self, article: Article) -> str:
        slugs = article.former_slugs.values_list("slug", flat=True) if article.pk else []
        return ", ".join(slugs) or "–"

    def get_autocomplete_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Offer all people as authors to those who may view people, and authors to the others."""
        person: Any = request.user
        return ("author",) if person.has_perm("accounts.view_user") else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "author" and not self.get_autocomplete_fields(request):
            authors = get_user_model()._default_manager.filter(
                Q(is_staff=True) | Q(articles__isnull=False)
            )
            kwargs["queryset"] = authors.distinct().order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk, **super().get_changeform_initial_data(request)}

    # --- Saving ---

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (
            OutdatedArticle
        ):  # saved by somebody else between our reading and writing: now the form finds out
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        if "_preview" in request.POST:
            refused = {**self.admin_site.each_context(request), "errors": errors_in(form, formsets)}
            return TemplateResponse(
                request, "admin/articles/article/preview_refused.html", refused, status=422
            )
        compared = differences(form, formsets) if getattr(form, "is_outdated", False) else []
        return super().render_change_form(
            request, {**context, "compared": compared}, *args, **kwargs
        )

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if change:
            Article.objects.begin_save(obj.pk, version=form.opened_version)
        if form.changed_data or not change:
            render_and_save(obj)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.save(commit=False):
            row.render_and_save() if isinstance(row, FAQEntry) else row.save()
        for row in formset.deleted_objects:
            row.delete()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        article: Article = form.instance
        visibility_changed(article.pk)  # rows that are only moved do not write the article
        put_in_order(article.facts)
        put_in_order(article.faq)
        if change and not form.changed_data and any(formset.has_changed() for formset in formsets):
            render_and_save(article)
        else:
            save_passages(article)

    # --- What the buttons ask for ---

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._preview(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return (
            self._preview(request, obj)
            or self._moved(request, obj)
            or super().response_change(request, obj)
        )

    def _preview(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """The page as it would be: everything was saved as
        always, and is taken back with this transaction.
        """
        if "_preview" not in request.POST:
            return None
        page = article_page(
            request, Article.objects.with_byline().get(pk=article.pk), is_preview=True
        )
        transaction.set_rollback(True)
        return page

    def _moved(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        rows = {"fact": article.facts, "faqentry": article.faq}
        noun, _space, rest = request.POST.get("_move", "").partition(" ")
        if noun not in rows:
            return None
        pk, _space, step = rest.partition(" ")
        if key := parse_number(pk):
            move(rows[noun], key, by=MOVE_UP if step == str(MOVE_UP) else MOVE_DOWN)
        return HttpResponseRedirect(f"{request.path}#{'facts' if noun == 'fact' else 'faq'}-group")
