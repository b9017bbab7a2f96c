from django.urls import include, path

from forum import feeds
from forum.views import comment, draft, live, person, visit, vote

of_article = [
    path("comments/", comment.post_comment, name="post_comment"),
    path("comments/preview/", comment.preview_comment, name="preview_comment"),
    path("comments/forgot/", draft.forgot_while_writing, name="forgot_while_writing"),
    path("visit/", visit.visit, name="visit"),
    path("live/", live.live, name="live"),
    path("feed/", feeds.DiscussionFeed(), name="article_feed"),
]

comments = [
    path("", comment.comment, name="comment"),
    path("reply/", comment.reply, name="reply"),
    path("edit/", comment.edit_comment, name="edit_comment"),
    path("delete/", comment.delete_comment, name="delete_comment"),
    path("undelete/", comment.undelete_comment, name="undelete_comment"),
    path("vote/", vote.vote, name="vote"),
]

drafts = [
    path("", draft.draft, name="draft"),
    path("code/", draft.draft_code, name="draft_code"),
    path("discard/", draft.draft_discard, name="draft_discard"),
]

urlpatterns = [
    path("articles/<slug:slug>/", include(of_article)),
    path("comments/<int:pk>/", include(comments)),
    path("drafts/<uuid:pk>/", include(drafts)),
    path("people/<username>/", person.person, name="person"),
]
