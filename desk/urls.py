from typing import Any

from django.urls import include, path
from django.views.generic import RedirectView

from desk.views import (
    article,
    articles,
    begin,
    delete,
    drafts,
    invitations,
    revisions,
    site,
)

desk = [
    path("", articles.articles, name="desk"),
    path("several/", articles.several, name="desk_several"),
    path("articles/new/", article.new_article, name="desk_new_article"),
    path("articles/<int:pk>/", article.edit_article, name="desk_article"),
    path("articles/new/draft/", drafts.keep_draft, name="desk_new_draft"),
    path("articles/<int:pk>/draft/", drafts.keep_draft, name="desk_draft"),
    path("articles/<int:pk>/revisions/", revisions.revisions, name="desk_revisions"),
    path("articles/<int:pk>/revisions/<int:number>/", revisions.revision, name="desk_revision"),
    path("articles/<int:pk>/delete/", delete.delete_article, name="desk_delete_article"),
    path("site/invitations/", invitations.invitations, name="desk_invitations"),
    path("site/start/", begin.begin, name="desk_begin"),
    path("site/", site.site, name="desk_site"),
    path("site/pages/<slug:name>/", site.page, name="desk_site_page"),
]


def moved(name: str) -> Any:
    return RedirectView.as_view(pattern_name=name, permanent=True, query_string=True)


urlpatterns = [
    path("desk/", include(desk)),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("editors/questions/", moved("questions"), name="former_questions"),
    path("editors/corrections/", moved("corrections"), name="former_corrections"),
]
