"""Forms for an objection to a decision and for the answer to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.moderation.models.objection import WORDS_MAX_LENGTH, Objection
from text.fields import ShownTextField


class StatementField(ShownTextField):
    """A long text. The browser does not cut it: one that is too long comes back whole, with an
    error.
    """

    widget = forms.Textarea(attrs={"rows": 6, "data-draft": ""})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=WORDS_MAX_LENGTH, **kwargs)
        self.widget.attrs.pop("maxlength")
        self.error_messages["max_length"] = _(
            "Your text has %(show_value)d characters. Shorten it: the limit is %(limit_value)d."
        )

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class ObjectionForm(forms.Form):
    words = StatementField(
        label=_("Why the decision is wrong"),
        error_messages={"required": _("Enter why the decision is wrong.")},
    )


class ObjectionAnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Objection.Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an outcome.")},
    )
    answer = StatementField(
        label=_("Your answer, with the reasons"),
        help_text=_("The person will read this. Say what you looked at and how you decided."),
        error_messages={"required": _("Enter your reasons. The person will read them.")},
    )
