from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models import Article, FormerSlug
from articles.revisions.record import Change
from desk.forms.fields import LinesField
from text.fields import validate_shown

SHORT_ANSWER_WORDS = 50
# A time without seconds and zone, as the field of a browser has it.
LOCAL_TIME = "%Y-%m-%dT%H:%M"


class ArticleForm(forms.ModelForm):
    """The article's own fields. Editors have all of them, writers those of a draft."""

    FOR_EDITORS = ("published_at", "slug")

    slug = forms.SlugField(
        label=_("Address"),
        max_length=160,
        required=False,
        help_text=_(
            "Made from the title at first; it stays when the title changes."
            " If you change it, the old address redirects."
        ),
    )
    published_at = forms.DateTimeField(
        label=_("Time of publication"),
        required=False,
        input_formats=[LOCAL_TIME, f"{LOCAL_TIME}:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=LOCAL_TIME),
    )
    note = forms.CharField(
        label=_("Note for editors (optional)"),
        max_length=200,
        required=False,
        help_text=_("It stands in the list of revisions."),
        validators=[validate_shown],
    )
    change_note = forms.CharField(
        label=_("What changed, for readers (optional)"),
        max_length=280,
        required=False,
        help_text=_("Readers see it with its date on the page of the article."),
        validators=[validate_shown],
    )
    version = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # the one that was opened for editing

    class Meta:
        model = Article
        fields = ("title", "short_answer", "body", "facts_heading", "topic", "published_at", "slug")
        widgets = {
            "title": forms.TextInput({"dir": "auto"}),
            "short_answer": forms.Textarea(
                {"dir": "auto", "rows": 3, "data-most-words": SHORT_ANSWER_WORDS}
            ),
            "body": forms.Textarea({"dir": "auto", "rows": 25}),
            "facts_heading": forms.TextInput({"dir": "auto"}),
        }
        field_classes = {"short_answer": LinesField, "body": LinesField}
        error_messages = {
            "title": {"required": _("Enter a title.")},
            "body": {"required": _("Write the text.")},
        }
        help_texts = {
            "short_answer": _("Readers see it first, and in lists and search results. Plain text."),
            "facts_heading": _("Leave it empty for “Facts”."),
            "body": "",
        }

    def __init__(self, *args: Any, is_editor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opened_version: datetime = self.instance.updated_at
        self.is_outdated = False
        self.saved_time = self.instance.published_at
        self.initial["published_at"] = self.saved_time and self.saved_time.replace(
            second=0, microsecond=0
        )
        self.initial["version"] = self.opened_version.isoformat() if self.instance.pk else ""
        self.fields["published_at"].help_text = gettext(
            "In the time zone %(zone)s. Leave it empty to publish now."
            " A time in the future schedules the article."
        ) % {"zone": timezone.get_current_timezone_name()}
        if self.instance.pk is None and not self.is_bound:
            self.fields["title"].widget.attrs["autofocus"] = True
        for name in self._left_out(is_editor):
            del self.fields[name]

    def _left_out(self, is_editor: bool) -> Iterator[str]:
        if not is_editor:
            yield from self.FOR_EDITORS
        if not self.instance.pk:
            yield "note"
        if not (is_editor and self.instance.is_published):
            yield "change_note"

    def change(self, by: Any) -> Change:
        said = self.cleaned_data
        return Change(by, note=said.get("note", ""), change_note=said.get("change_note", ""))

    def clean_short_answer(self) -> str:
        """Refuse more words than are read at once, unless they are there already."""
        text: str = self.cleaned_data["short_answer"]
        number = len(text.split())
        if number > SHORT_ANSWER_WORDS and "short_answer" in self.changed_data:
            raise ValidationError(
                gettext("The short answer has %(n)d words. Use at most %(most)d.")
                % {"n": number, "most": SHORT_ANSWER_WORDS}
            )
        return text

    def clean_published_at(self) -> datetime | None:
        """Keep the seconds of a time that was not changed: the field shows none."""
        at: datetime | None = self.cleaned_data["published_at"]
        return self.saved_time if at and at == self.initial["published_at"] else at

    def clean_version(self) -> str:
        """Refuse a save on top of somebody else's, once: whoever saves
        again has seen both texts.
        """
        version: str = self.cleaned_data["version"]
        if self.instance.pk and version != self.opened_version.isoformat():
            self.tell_outdated()
        return version

    def tell_outdated(self) -> None:
        """Say that somebody saved first; the next save is on top of what they saved."""
        self.is_outdated = True
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("version")] = self.opened_version.isoformat()
        self.data = data
        self.add_error(
            None,
            _("Somebody saved this article while you were editing it. Compare both texts below."),
        )

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
        """Set the time of a published article to now where it was emptied."""
        super().clean()
        if self.instance.status == Article.Status.PUBLISHED and not self.cleaned_data.get(
            "published_at", True
        ):
            self.cleaned_data["published_at"] = timezone.now()
