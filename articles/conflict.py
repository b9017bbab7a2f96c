"""Two people in one article's form: what is saved now beside what the second one typed."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.forms.models import model_to_dict

from articles.models import Article

COMPARED = (forms.CharField, forms.TypedChoiceField)


class Difference(NamedTuple):
    label: str
    saved: str
    typed: str


def differences(
    form: forms.ModelForm, formsets: Iterable[forms.BaseInlineFormSet]
) -> list[Difference]:
    """Return each text of the article that is not what was typed, with its facts and questions."""
    article = Article.objects.get(pk=form.instance.pk)
    found = list(_in_row(form, article))
    for formset in formsets:
        found += _in_rows(formset, article)
    return found


def _in_rows(formset: forms.BaseInlineFormSet, article: Article) -> Iterator[Difference]:
    rows = {
        str(row.pk): row for row in formset.get_queryset().filter(**{formset.fk.name: article.pk})
    }
    for form in formset.forms:
        yield from _in_row(form, rows.pop(str(form["id"].value()), None))
    for row in rows.values():
        yield Difference(str(row._meta.verbose_name), str(row), "")


def _in_row(form: forms.ModelForm, row: models.Model | None) -> Iterator[Difference]:
    saved: dict[str, Any] = model_to_dict(row) if row else {}
    for name, field in form.fields.items():
        if not isinstance(field, COMPARED) or isinstance(field.widget, forms.HiddenInput):
            continue
        difference = Difference(str(field.label), _text(saved.get(name)), _text(form[name].value()))
        if difference.saved != difference.typed:
            yield difference


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
