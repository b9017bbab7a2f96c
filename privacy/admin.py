"""Delete people in the admin, after a page that says what will be deleted."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.admin import PersonAdmin
from accounts.administrators import LastAdministrator
from accounts.models import User
from accounts.rights import allows
from forum.discussion.models.comment import Comment
from forum.moderation.permissions import moderator
from privacy.requests import delete_now

admin.site.unregister(User)
# What Django's confirmation shows: lines, counts by model, missing permissions, protected rows.
Confirmation = tuple[list[str], dict[str, int], set[str], list[str]]


@admin.register(User)
class PersonWithCommentsAdmin(PersonAdmin):
    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Confirmation:
        people = list(objs)
        others = User.objects.administrators().exclude(pk__in=[person.pk for person in people])
        is_last = any(person.is_administrator for person in people) and not others.exists()
        protected = [" ".join(LastAdministrator().messages)] if is_last else []
        lacking = {
            str(person) for person in people if not allows("delete_person", request.user, person)
        }
        return [_person_in_words(person) for person in people], {}, lacking, protected

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        delete_people(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        delete_people(request, list(queryset))


def delete_people(request: HttpRequest, people: Iterable[User]) -> None:
    """Delete each person by itself. The last administrator stays, with a message."""
    for person in people:
        try:
            is_gone = delete_now(person, by=moderator(request))
        except LastAdministrator as refused:
            messages.error(request, " ".join(refused.messages))
            continue
        if not is_gone:
            rest = _("The account of %(name)s is closed. What belongs to it is being deleted.")
            messages.info(request, rest % {"name": person})


def _person_in_words(person: User) -> str:
    number = Comment.objects.filter(author=person).count()
    gone = _(
        "%(name)s: the account with its address, sessions, drafts, votes, reports, objections "
        "and sanctions."
    )
    kept = ngettext(
        "%(n)d comment stays, without a name.", "%(n)d comments stay, without a name.", number
    )
    log = _("Their entries stay in the moderation log, without the text.")
    return f"{gone % {'name': person}} {kept % {'n': number}} {log}"
