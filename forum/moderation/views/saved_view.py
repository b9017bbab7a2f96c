from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from forum.moderation.models.saved_view import SavedView
from forum.moderation.permissions import for_moderators, moderator
from forum.moderation.views.redirects import query_of
from forum.people.scope import ModeratorScope
from text.fields import ShownTextField

NAME_MAX_LENGTH = 40
MOST_VIEWS = 20


class SavedViewForm(forms.Form):
    name = ShownTextField(
        max_length=NAME_MAX_LENGTH,
        error_messages=dict.fromkeys(
            ("required", "max_length"), gettext_lazy("Enter a name of at most 40 characters.")
        ),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


@require_POST
@for_moderators
def save_view(request: HttpRequest, *, scope: ModeratorScope) -> HttpResponse:
    """Save the filters under a name; a name that exists gets the new filters."""
    form, query = SavedViewForm(request.POST), query_of(request, scope)
    views = SavedView.objects.filter(person=moderator(request))
    if not form.is_valid():
        messages.error(request, str(form.errors["name"][0]))
    elif views.exclude(name=form.cleaned_data["name"]).count() >= MOST_VIEWS:
        messages.error(request, _("You already have 20 views. Delete one first."))
    else:
        views.update_or_create(
            person=moderator(request), **form.cleaned_data, defaults={"query": query}
        )
        messages.success(request, _("The view is saved."))
    return HttpResponseRedirect(f"{reverse('queue')}?{query}")


@require_POST
@for_moderators
def delete_view(request: HttpRequest, pk: int, *, scope: ModeratorScope) -> HttpResponse:
    if SavedView.objects.filter(pk=pk, person=moderator(request)).delete()[0]:
        messages.success(request, _("The view is deleted."))
    return redirect("queue")
