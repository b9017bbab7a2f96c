from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator, capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from forum.discussion.models.policy import Policy
from forum.moderation.admin.read_only import link
from forum.screening.checks import NEEDS_NUMBER, NEEDS_WORDS
from forum.screening.links import domains_in
from forum.screening.models.rule import Rule
from forum.screening.phrases import phrases_in
from forum.screening.trial import trial
from pagecache import versions

HIGHEST_SCORE = 100  # per cent
CAUGHT_SHOWN = 100
MOST_SHOWN = 150  # characters of what a rule applies to, in the list


class RuleForm(forms.ModelForm):
    explanation = forms.CharField(
        label=capfirst(Rule._meta.get_field("explanation").verbose_name),
        max_length=Rule._meta.get_field("explanation").max_length,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )

    class Meta:
        model = Rule
        fields = (
            *("name", "position", "check_kind", "words", "number"),
            *("and_check_kind", "and_words", "and_number"),
            *("verdict", "explanation", "trusts", "is_on"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for prefix in ("", "and_"):
            self._say_who_reads(f"{prefix}words", f"{prefix}check_kind", NEEDS_WORDS)
            self._say_who_reads(f"{prefix}number", f"{prefix}check_kind", NEEDS_NUMBER)

    def _say_who_reads(self, name: str, check: str, kinds: frozenset[str]) -> None:
        """Name the kinds of check that use a field.

        static/admin/rule.js reads the same from data attributes, and hides the field from the
        other kinds.
        """
        if name not in self.fields:
            return  # to somebody who may only look, the values are shown as text
        field = self.fields[name]
        said = "; ".join(str(label) for kind, label in Rule.Check.choices if kind in kinds)
        field.help_text = format_lazy(
            "{} {}", _("Only for: %(kinds)s.") % {"kinds": said}, field.help_text
        )
        field.widget.attrs |= {"data-kind": check, "data-kinds": " ".join(sorted(kinds))}

    def clean_explanation(self) -> str:
        return " ".join(self.cleaned_data["explanation"].split())  # one line, as it is shown

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_condition("")
        if cleaned.get("and_check_kind"):
            self._check_condition("and_")
        elif cleaned.get("and_words") or cleaned.get("and_number"):
            self.add_error("and_check_kind", _("Choose what these words or this number apply to."))
        return cleaned

    def _check_condition(self, prefix: str) -> None:
        check, number = (
            self.cleaned_data.get(f"{prefix}check_kind"),
            self.cleaned_data.get(f"{prefix}number"),
        )
        if check in NEEDS_WORDS and not self._something_in(
            check, self.cleaned_data.get(f"{prefix}words") or ""
        ):
            self.add_error(f"{prefix}words", _("Enter at least one, each on its own line."))
        if check in NEEDS_NUMBER and not number:
            self.add_error(f"{prefix}number", _("Enter a number, 1 or more."))
        if check == Rule.Check.SPAM and number and number > HIGHEST_SCORE:
            self.add_error(f"{prefix}number", _("Enter a percentage of at most 100."))

    def _something_in(self, check: str, lines: str) -> bool:
        return bool(domains_in(lines) if check == Rule.Check.DOMAINS else phrases_in(lines))


@admin.register(Rule)
class RuleAdmin(admin.ModelAdmin):
    form = RuleForm
    list_display = ("name", "applies_to", "verdict", "position", "is_on", "try_out")
    list_editable = ("position", "is_on")
    ordering = ("position", "pk")

    class Media:
        css = {"all": ("admin/rule.css",)}
        js = (forms.Script("admin/rule.js", defer=True),)

    def get_urls(self) -> list[URLPattern]:
        tries = path(
            "<int:pk>/try/", self.admin_site.admin_view(self.try_view), name="forum_rule_try"
        )
        return [tries, *super().get_urls()]

    def try_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the latest comments that the rule matches, without changing any of them."""
        rule = get_object_or_404(Rule, pk=pk)
        if not self.has_view_or_change_permission(request, rule):
            raise PermissionDenied
        tried = trial(rule)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Comments this rule matches"),
            "opts": self.opts,
            "trial": tried,
            "shown": tried.caught[:CAUGHT_SHOWN],
        }
        return TemplateResponse(request, "admin/forum/rule/try.html", context)

    def response_add(
        self, request: HttpRequest, obj: Rule, post_url_continue: str | None = None
    ) -> HttpResponse:
        return _trial_of(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Rule) -> HttpResponse:
        return _trial_of(request, obj) or super().response_change(request, obj)

    @admin.display(description=_("applies to a comment that"))
    def applies_to(self, rule: Rule) -> str:
        said = Truncator(rule.in_words).chars(MOST_SHOWN)
        return said if rule.trusts else _("%(said)s; trusted readers included") % {"said": said}

    @admin.display(description=_("test it"))
    def try_out(self, rule: Rule) -> SafeString:
        return link(reverse("admin:forum_rule_try", args=[rule.pk]), _("Test it"))


def _trial_of(request: HttpRequest, rule: Rule) -> HttpResponse | None:
    """Redirect to the trial if the rule was saved with the button for it."""
    return redirect("admin:forum_rule_try", rule.pk) if "_try" in request.POST else None


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
        """Purge the cached pages that say who can write there.

        Pages of the whole site expire within half a minute anyway.
        """
        if policy.article_id:
            versions.purge(policy.article_id)
        elif policy.topic_id:
            versions.purge(
                *Article.objects.filter(topic=policy.topic_id).values_list("pk", flat=True)
            )
