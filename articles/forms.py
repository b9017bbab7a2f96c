from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Fact, FAQEntry, FormerSlug
from articles.validators import validate_markdown_size


class ArticleForm(forms.ModelForm):
    slug = forms.SlugField(
        label=_("Address"),
        max_length=160,
        required=False,
        help_text=_(
            "Made from the title at first; it stays when the title changes."
            " If you change it, the old address redirects."
        ),
    )
    version = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # the one that was opened for editing

    class Meta:
        model = Article
        fields = (
            "title",
            "slug",
            "topic",
            "author",
            "status",
            "published_at",
            "short_answer",
            "body",
            "facts_heading",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened_version: datetime = self.instance.updated_at
        self.is_outdated = False
        self.initial["version"] = self.opened_version.isoformat()
        self._name_parts_of_time()

    def _name_parts_of_time(self) -> None:
        """Name the date and the time, which the admin asks for in two fields below one label."""
        parts = getattr(self.fields["published_at"].widget, "widgets", [])
        for part, name in zip(
            parts, (_("Date of publication"), _("Time of publication")), strict=False
        ):
            part.attrs["aria-label"] = name

    def clean_version(self) -> str:
        """Refuse a save on top of somebody else's, once: whoever saves
        again has seen both texts.
        """
        version: str = self.cleaned_data["version"]
        self.is_outdated = (
            bool(version and self.instance.pk) and version != self.opened_version.isoformat()
        )
        if self.is_outdated:
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("version")] = self.opened_version.isoformat()
            self.data = data
            self.add_error(
                None,
                _(
                    "Somebody saved this article while you were editing it. Compare both texts "
                    "below."
                ),
            )
        return version

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        former = (
            FormerSlug.objects.filter(slug=slug)
            .exclude(article=self.instance.pk)
            .select_related("article")
            .first()
        )
        if former:
            raise ValidationError(
                gettext("This address redirects to “%(title)s”. Choose another one.")
                % {"title": former.article.title}
            )
        return slug

    def clean(self) -> None:
        """Set the time of publication to now where it is left empty."""
        super().clean()
        if self.cleaned_data.get(
            "status"
        ) == Article.Status.PUBLISHED and not self.cleaned_data.get("published_at"):
            self.cleaned_data["published_at"] = timezone.now()


def position_field() -> forms.IntegerField:
    return forms.IntegerField(label=_("Position"), min_value=1, max_value=999, required=False)


class FactForm(forms.ModelForm):
    class Meta:
        model = Fact
        fields = ("position", "label", "value", "text", "source", "source_url", "as_of")

    position = position_field()
    source_url = forms.URLField(
        label=_("Address of the source"), max_length=500, required=False, assume_scheme="https"
    )

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0


class FAQEntryForm(forms.ModelForm):
    class Meta:
        model = FAQEntry
        fields = ("position", "question", "slug", "answer")

    position = position_field()

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    def clean_slug(self) -> str | None:
        # Two new questions without an anchor are no
        # duplicates: None is left out of that comparison.
        return self.cleaned_data["slug"] or None


class FAQFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Measure the text with its answers: all are rendered by one request."""
        super().clean()
        answers = [
            form.cleaned_data.get("answer") or ""
            for form in self.forms
            if hasattr(form, "cleaned_data")
        ]
        validate_markdown_size("".join([self.instance.body, *answers]))
