"""The rows of an article: its facts, questions, authors and sources."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import ArticleAuthor, Fact, FAQEntry
from database.keyset import parse_number
from desk.forms.fields import LinesField
from desk.forms.rows import Rows
from text.fields import validate_shown

TEXT = {"dir": "auto"}


def url_field(label: Any, **options: Any) -> forms.URLField:
    return forms.URLField(label=label, max_length=500, assume_scheme="https", **options)


class FactForm(forms.ModelForm):
    source_url = url_field(_("Address of the source"), required=False)

    class Meta:
        model = Fact
        fields = ("label", "value", "text", "source", "source_url", "as_of")
        labels = {"text": _("Or a line of text")}
        widgets = {
            "label": forms.TextInput(TEXT),
            "value": forms.TextInput(TEXT),
            "text": forms.TextInput(TEXT),
            "source": forms.TextInput(TEXT),
            "as_of": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a text beside a label: readers would not see it."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("text") and (said.get("label") or said.get("value")):
            self.add_error("text", _("Enter either a label with its value, or a line of text."))
        return said


class FactRows(Rows):
    kind, form_class, most = "facts", FactForm, 200
    caption_of = ("label", "text")
    has_blank = True

    def caption(self, form: Any) -> str:
        label, value = form["label"].value(), form["value"].value()
        return f"{label}: {value}" if label and value else super().caption(form)


class QuestionForm(forms.ModelForm):
    class Meta:
        model = FAQEntry
        fields = ("question", "answer", "slug")
        field_classes = {"answer": LinesField}
        help_texts = {"answer": ""}
        error_messages = {
            "question": {"required": _("Enter the question, or remove its row.")},
            "answer": {"required": _("Write the answer.")},
        }
        widgets = {
            "question": forms.TextInput(TEXT),
            "answer": forms.Textarea({**TEXT, "rows": 4}),
        }

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or ""


class QuestionRows(Rows):
    kind, form_class, most = "faq", QuestionForm, 200
    caption_of = ("question",)
    has_blank = True
    unique, said_twice = "slug", _("Another question has this anchor. Choose another one.")


class AuthorForm(forms.Form):
    person = forms.TypedChoiceField(label=_("Account"), required=False, coerce=int, empty_value="")
    name = forms.CharField(
        label=_("Or a name"),
        max_length=80,
        required=False,
        validators=[validate_shown],
        widget=forms.TextInput(TEXT),
    )
    url = url_field(_("Web address (optional)"), required=False)

    def __init__(self, *args: Any, people: dict[int, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = people
        choices = [("", _("No account")), *((key, str(each)) for key, each in people.items())]
        field: Any = self.fields["person"]
        field.choices = choices

    def clean(self) -> None:
        said = self.cleaned_data
        if bool(said.get("person")) == bool(said.get("name")) and not self.errors:
            raise ValidationError(_("Choose an account, or enter a name without one."))
        if said.get("person") and said.get("url"):
            self.add_error(
                "url", _("Leave this empty: an account has its own page, which the name links to.")
            )

    @property
    def author(self) -> ArticleAuthor:
        said = self.cleaned_data
        person = self.people.get(said["person"]) if said["person"] else None
        return ArticleAuthor(person=person, name=said["name"], url=said["url"])


class AuthorRows(Rows):
    kind, form_class, most = "authors", AuthorForm, 20
    caption_of = ("name",)
    has_blank = True
    unique, said_twice = "person", _("This account is named twice. Remove one.")

    def __init__(self, *args: Any, people: dict[int, Any]) -> None:
        self.people = people
        super().__init__(*args)

    def make(self, row: Any, **options: Any) -> Any:
        initial = (
            {"person": str(row.person.pk) if row.person else "", "name": row.name, "url": row.url}
            if row
            else {}
        )
        return AuthorForm(
            initial=initial, people=self.people, use_required_attribute=False, **options
        )

    def caption(self, form: Any) -> str:
        key = parse_number(form["person"].value())
        person = self.people.get(key) if key else None
        return str(person) if person else super().caption(form)


class SourceForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        error_messages={"required": _("Enter the title of the source, or remove its row.")},
        validators=[validate_shown],
        widget=forms.TextInput(TEXT),
    )
    url = url_field(_("Web address (optional)"), required=False)


class SourceRows(Rows):
    kind, form_class, most = "sources", SourceForm, 200
    caption_of = ("title",)

    def make(self, row: Any, **options: Any) -> Any:
        return SourceForm(initial=row, use_required_attribute=False, **options)
