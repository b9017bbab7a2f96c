"""The row of tabs that leads through the pages of the desk."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.rights import allows
from articles.rights import may_edit_all
from desk.lists import Counts
from forum.moderation.tabs import Tab


def tabs_of(person: Any, counts: Counts) -> list[Tab]:
    tabs = [Tab("articles", _("Articles"), reverse("desk"))]
    if may_edit_all(person):
        tabs += [
            Tab("questions", _("Questions"), reverse("questions"), counts.questions),
            Tab("corrections", _("Corrections"), reverse("corrections"), counts.corrections),
        ]
    if person.has_perm("articles.change_topic"):
        tabs.append(Tab("topics", _("Topics"), reverse("admin:articles_topic_changelist")))
    if allows("change_site", person):
        tabs.append(Tab("site", _("Site"), reverse("desk_site")))
    return tabs
