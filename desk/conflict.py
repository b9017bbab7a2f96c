"""Two people in one article's form: what is saved now beside what the second one typed."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.forms.models import model_to_dict

from desk.forms.whole import WholeForm

COMPARED = (forms.CharField, forms.TypedChoiceField)


class Difference(NamedTuple):
    label: str
    saved: str
    typed: str


def differences(form: WholeForm) -> list[Difference]:
    """Return each text of the article that is not what was typed, with its facts and questions."""
    article = type(form.instance).objects.get(pk=form.instance.pk)
    found = list(_in_row(form.article, model_to_dict(article)))
    for rows, now in ((form.facts, article.facts.all()), (form.faq, article.faq.all())):
        left = {str(row.pk): row for row in now}
        for row in rows.filled():
            saved = left.pop(row.key, None)
            found += _in_row(row, model_to_dict(saved) if saved else {})
        found += [Difference(str(row._meta.verbose_name), str(row), "") for row in left.values()]
    return found


def _in_row(form: Any, saved: dict[str, Any]) -> Iterator[Difference]:
    for name, field in form.fields.items():
        if saved and name not in saved:  # said about the change, not in the article
            continue
        if not isinstance(field, COMPARED) or isinstance(field.widget, forms.HiddenInput):
            continue
        difference = Difference(str(field.label), _text(saved.get(name)), _text(form[name].value()))
        if difference.saved != difference.typed:
            yield difference


def _text(value: object) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
