from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from forum.admin.decision import link
from forum.models import Policy, Rule
from forum.moderation.trial import COMMENTS_TRIED, trial
from forum.screening.checks import NEEDS_NUMBER, NEEDS_WORDS
from forum.screening.links import domains_in
from forum.screening.phrases import phrases_in
from pagecache import versions

HIGHEST_SCORE = 100  # per cent
CAUGHT_SHOWN = 100


class RuleForm(forms.ModelForm):
    class Meta:
        model = Rule
        fields = (
            *("name", "position", "check_kind", "words", "number"),
            *("and_check_kind", "and_words", "and_number"),
            *("verdict", "explanation", "trusts", "is_on"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_condition("")
        if cleaned.get("and_check_kind"):
            self._check_condition("and_")
        elif cleaned.get("and_words") or cleaned.get("and_number"):
            self.add_error("and_check_kind", _("Choose what these words or this number are for."))
        return cleaned

    def _check_condition(self, prefix: str) -> None:
        check, number = self.cleaned_data.get(f"{prefix}check_kind"), self.cleaned_data.get(f"{prefix}number")
        if check in NEEDS_WORDS and not self._something_in(check, self.cleaned_data.get(f"{prefix}words") or ""):
            self.add_error(f"{prefix}words", _("Write at least one, each on a line of its own."))
        if check in NEEDS_NUMBER and not number:
            self.add_error(f"{prefix}number", _("This check needs a number, 1 or more."))
        if check == Rule.Check.SPAM and number and number > HIGHEST_SCORE:
            self.add_error(f"{prefix}number", _("In per cent: at most 100."))

    def _something_in(self, check: str, lines: str) -> bool:
        return bool(domains_in(lines) if check == Rule.Check.DOMAINS else phrases_in(lines))


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):
    form = RuleForm
    list_display = ("name", "position", "check_kind", "number", "verdict", "trusts", "is_on", "try_out")
    list_editable = ("position", "is_on")
    ordering = ("position", "pk")
    change_form_template = "admin/forum/rule/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        tries = path("<int:pk>/try/", self.admin_site.admin_view(self.try_view), name="forum_rule_try")
        return [tries, *super().get_urls()]

    def try_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Nothing is done to any comment: it is only said what the rule would have done."""
        rule = get_object_or_404(Rule, pk=pk)
        if not self.has_view_or_change_permission(request, rule):
            raise PermissionDenied
        tried = trial(rule)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What the rule would have done"),
            "opts": self.opts,
            "trial": tried,
            "shown": tried.caught[:CAUGHT_SHOWN],
        }
        return TemplateResponse(request, "admin/forum/rule/try.html", context)

    @admin.display(description=_("try it"))
    def try_out(self, rule: Rule) -> SafeString:
        said = _("on the last %(n)d comments") % {"n": COMMENTS_TRIED}
        return link(reverse("admin:forum_rule_try", args=[rule.pk]), said)


@admin.register(Policy)
class PolicyAdmin(admin.ModelAdmin):
    list_display = ("__str__", "mode")
    list_select_related = ("article", "topic")
    autocomplete_fields = ("article", "topic")

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._show_again(obj)

    def delete_model(self, request: HttpRequest, obj: Policy) -> None:
        self._show_again(obj)
        super().delete_model(request, obj)

    def _show_again(self, policy: Policy) -> None:
        """Pages say whether one can write there. Those of a whole site are made anew every half minute anyway."""
        if policy.article_id:
            versions.purge(policy.article_id)
        elif policy.topic_id:
            versions.purge(*Article.objects.filter(topic=policy.topic_id).values_list("pk", flat=True))
