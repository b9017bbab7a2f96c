from django import forms
from django.utils.translation import gettext_lazy as _

KEEP, DELETE = "keep", "delete"


class DeletionForm(forms.Form):
    comments = forms.ChoiceField(
        label=_("What should happen to your comments?"),
        choices=[
            (KEEP, _("Keep my published comments, without my name")),
            (DELETE, _("Delete my comments. Where others replied, a note says that one was here")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what should happen to your comments.")},
    )
