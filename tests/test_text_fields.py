"""No field that a person fills takes text of which nothing
shows, or marks that climb into other lines.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import NamedTuple

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.test import RequestFactory

from accounts.models import User

BLANKS = ["\u200b", "\u200b \u2060\ufeff", "\u3164", "\u2800", "\u00ad\u034f", "\U000e0020"]
TOWERS = ["xy" + "\u0301" * 30, "\u0e01" + "\u0e49" * 12]
OURS = {"accounts", "articles", "config", "desk", "forum", "mail", "privacy"}
# Addresses, choices and what scripts fill in: each has a form of its own.
NO_WORDS = (
    forms.EmailField,
    forms.SlugField,
    forms.URLField,
    forms.RegexField,
    forms.JSONField,
    forms.UUIDField,
)
NEVER_SHOWN = {
    *("password", "password1", "password2", "oldpassword", "code"),
    "login",  # an address
    "subject",  # a trap for programs
    *("q", "words", "and_words"),  # looked for, not shown
    "query",  # of an address
    "username",  # tests/accounts/test_names.py
    *("key", "version"),
    *("accent", "accent_dark", "refused_domains"),  # colours and domains, and nothing else
}
MARKDOWN = {"QuestionForm.answer", "PageForm.text", "SiteForm.lead"}
# Objections have "words" that are shown.
SHOWN_WORDS = {"forum.moderation.objection_forms"}


class TextField(NamedTuple):
    form: type[forms.BaseForm]
    name: str
    field: forms.Field

    @property
    def path(self) -> str:
        return f"{self.form.__module__}.{self.form.__qualname__}.{self.name}"

    @property
    def is_for_words(self) -> bool:
        is_text = isinstance(self.field, forms.CharField) and not isinstance(self.field, NO_WORDS)
        is_shown = self.name not in NEVER_SHOWN or self.form.__module__ in SHOWN_WORDS
        return is_text and is_shown and not self.field.widget.is_hidden

    @property
    def is_markdown(self) -> bool:
        return self.name == "body" or f"{self.form.__qualname__}.{self.name}" in MARKDOWN

    def takes(self, text: str) -> bool:
        """Return True if the text is stored. A field that need not be
        filled may take it for empty.
        """
        try:
            value = self.field.clean(text)
            if value and (model_field := self._model_field()):
                model_field.run_validators(value)
        except ValidationError:
            return False
        return bool(value)

    def _model_field(self) -> models.Field | None:
        model = getattr(getattr(self.form, "_meta", None), "model", None)
        try:
            return model._meta.get_field(self.name) if model else None
        except FieldDoesNotExist:
            return None


def subclasses(form: type) -> Iterator[type]:
    each: type
    for each in form.__subclasses__():
        yield each
        yield from subclasses(each)


def forms_of_the_admin(rf: RequestFactory) -> Iterator[type[forms.BaseForm]]:
    request = rf.get("/admin/")
    request.user = User(is_staff=True, is_superuser=True, is_active=True)
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label in OURS and model_admin.has_change_permission(request):
            yield model_admin.get_form(request)
            inlines = model_admin.get_inline_instances(request)
            yield from (inline.get_formset(request).form for inline in inlines)


@pytest.fixture
def fields(rf: RequestFactory, db: None) -> list[TextField]:
    import_module("config.urls")  # every view, and with it every form
    ours = [form for form in subclasses(forms.BaseForm) if form.__module__.split(".")[0] in OURS]
    every = [
        TextField(form, name, field)
        for form in [*ours, *forms_of_the_admin(rf)]
        for name, field in form.base_fields.items()
    ]
    return [field for field in every if field.is_for_words]


@pytest.mark.parametrize("text", BLANKS, ids=ascii)
def test_no_field_for_words_takes_what_nobody_can_read(text: str, fields: list[TextField]) -> None:
    assert len(fields) > 25
    assert {each.path for each in fields if each.takes(text)} == set()


@pytest.mark.parametrize("text", TOWERS, ids=ascii)
def test_no_field_takes_marks_that_climb_unless_they_are_clipped_when_shown(
    text: str, fields: list[TextField]
) -> None:
    assert {each.path for each in fields if each.takes(text) and not each.is_markdown} == set()


@pytest.mark.parametrize(
    "text", ["[](https://example.org/)", ">", "> \u200b", "```\n```", "&nbsp;", "&#8203;"]
)
def test_no_field_for_markdown_takes_signs_around_nothing(
    text: str, fields: list[TextField]
) -> None:
    markdown = [each for each in fields if each.is_markdown]
    assert len(markdown) > 4
    assert {each.path for each in markdown if each.takes(text)} == set()


def test_every_field_for_words_takes_words(fields: list[TextField]) -> None:
    refused = {
        (each.form.__name__, each.name) for each in fields if not each.takes("Tiếng Việt हिन्दी")
    }
    assert refused == set()
