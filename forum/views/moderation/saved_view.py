from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forum.models import SavedView
from forum.moderation.reach import Reach
from forum.views.moderation.guard import for_moderators, moderator
from forum.views.moderation.way_back import query_of
from text.visible import is_blank

NAME_MAX_LENGTH = 40
MOST_VIEWS = 20


@require_POST
@for_moderators
def save_view(request: HttpRequest, *, reach: Reach) -> HttpResponse:
    """The filters under a name; the same name again stands for the filters of now."""
    name, query = " ".join(request.POST.get("name", "").split()), query_of(request, reach)
    views = SavedView.objects.filter(person=moderator(request))
    if is_blank(name) or len(name) > NAME_MAX_LENGTH:
        messages.error(request, _("Give the view a name of at most 40 characters."))
    elif views.exclude(name=name).count() >= MOST_VIEWS:
        messages.error(request, _("You have 20 views. Delete one of them first."))
    else:
        views.update_or_create(person=moderator(request), name=name, defaults={"query": query})
        messages.success(request, _("The view is saved."))
    return HttpResponseRedirect(f"{reverse('queue')}?{query}")


@require_POST
@for_moderators
def delete_view(request: HttpRequest, pk: int, *, reach: Reach) -> HttpResponse:
    if SavedView.objects.filter(pk=pk, person=moderator(request)).delete()[0]:
        messages.success(request, _("The view is deleted."))
    return redirect("queue")
