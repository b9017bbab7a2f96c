"""The filters of the queue, as form, query string and database conditions."""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.models import Topic
from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.flags.models.flag import Flag, FlagReason
from forum.people.scope import ModeratorScope
from forum.screening.models.rule import Rule

SEARCH_MAX_LENGTH = 80


@dataclass(frozen=True)
class Filters:
    topic: int | None = None
    cause: str = ""
    reason: int | None = None  # a FlagReason
    rule: int | None = None
    state: str = ""  # a Comment.Status
    spam: int | None = None  # at least so many per cent
    q: str = ""  # in the words, or in the author's name

    @property
    def query(self) -> str:
        """Return the filters as a query string."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def scans_cases(self) -> bool:
        """Return True if each case has to be read: only the filter by topic has an index."""
        return any(value for name, value in asdict(self).items() if name != "topic")

    def narrow(self, cases: "QuerySet[Case]") -> "QuerySet[Case]":
        for name, value in asdict(self).items():
            if value:
                cases = cases.filter(CONDITIONS[name](value))
        return cases


def _reported_for(reason: int) -> Any:
    return Exists(
        Flag.objects.filter(comment=OuterRef("comment"), reason=reason, outcome="").order_by()
    )


CONDITIONS: dict[str, Any] = {
    "topic": lambda topic: Q(topic=topic),
    "cause": lambda cause: Q(cause=cause),
    "reason": _reported_for,
    "rule": lambda rule: Q(rule=rule),
    "state": lambda state: Q(comment__status=state),
    "spam": lambda spam: Q(spam_score__gte=spam / 100),
    "q": lambda words: (
        Q(comment__body__icontains=words) | Q(comment__author__username__icontains=words)
    ),
}


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Text or author"), required=False, max_length=SEARCH_MAX_LENGTH)
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=_("Topic"), required=False, empty_label=_("All")
    )
    cause = forms.ChoiceField(
        label=_("Cause"), required=False, choices=[("", _("All")), *Case.Cause.choices]
    )
    reason = forms.ModelChoiceField(
        FlagReason.objects.all(), label=_("Reported as"), required=False, empty_label=_("All")
    )
    rule = forms.ModelChoiceField(
        Rule.objects.all(), label=_("Rule"), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(
        label=_("Visible to readers"),
        required=False,
        choices=[
            ("", _("All")),
            (Comment.Status.HELD, _("No")),
            (Comment.Status.PUBLISHED, _("Yes")),
        ],
    )
    spam = forms.IntegerField(
        label=_("Spam score, at least %"), required=False, min_value=1, max_value=100
    )

    def __init__(self, data: QueryDict, *, scope: ModeratorScope) -> None:
        super().__init__(data, label_suffix="")
        topics = (
            Topic.objects.all()
            if scope.topics is None
            else Topic.objects.filter(pk__in=scope.topics)
        )
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]

    def filters(self) -> Filters:
        """Return the valid filters. Invalid values filter nothing, and the form shows their
        errors.
        """
        self.is_valid()
        said = self.cleaned_data
        rows = {name: row.pk for name, row in said.items() if isinstance(row, Model)}
        return Filters(**{**said, **rows})
