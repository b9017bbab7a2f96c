from django.urls import include, path

from forum import feeds
from forum.views import asked, comment, draft, edition, live, newer, passage, people, person, visit, vote
from forum.views.moderation import case, queue, record, saved_view, several, undo

of_article = [
    path("comments/", comment.post_comment, name="post_comment"),
    path("comments/preview/", comment.preview_comment, name="preview_comment"),
    path("comments/forgot/", draft.forgot_while_writing, name="forgot_while_writing"),
    path("new/", newer.newer, name="newer"),
    path("people/", people.people, name="people_of_discussion"),
    path("visit/", visit.visit, name="visit"),
    path("live/", live.live, name="live"),
    path("passages/<slug:anchor>/", passage.passage, name="passage"),
    path("feed/", feeds.DiscussionFeed(), name="article_feed"),
]

comments = [
    path("", comment.comment, name="comment"),
    path("reply/", comment.reply, name="reply"),
    path("edit/", edition.edit_comment, name="edit_comment"),
    path("history/", edition.history, name="history"),
    path("delete/", comment.delete_comment, name="delete_comment"),
    path("undelete/", comment.undelete_comment, name="undelete_comment"),
    path("vote/", vote.vote, name="vote"),
    path("settled/", asked.settled, name="settled"),
]

drafts = [
    path("", draft.draft, name="draft"),
    path("code/", draft.draft_code, name="draft_code"),
    path("discard/", draft.draft_discard, name="draft_discard"),
]

editors = [
    path("questions/", asked.questions, name="questions"),
    path("corrections/", asked.corrections, name="corrections"),
]

moderation = [
    path("", queue.queue, name="queue"),
    path("live/", queue.live_queue, name="live_queue"),
    path("cases/<int:pk>/", case.case, name="case"),
    path("cases/<int:pk>/claim/", case.claim, name="claim"),
    path("several/", several.several, name="several"),
    path("undo/<int:pk>/", undo.undo, name="undo"),
    path("views/", saved_view.save_view, name="save_view"),
    path("views/<int:pk>/delete/", saved_view.delete_view, name="delete_view"),
    path("people/<username>/", record.record, name="record"),
    path("people/<username>/measures/", record.measure, name="measure"),
]

urlpatterns = [
    path("articles/<slug:slug>/", include(of_article)),
    path("comments/<int:pk>/", include(comments)),
    path("drafts/<uuid:pk>/", include(drafts)),
    path("editors/", include(editors)),
    path("moderation/", include(moderation)),
    path("people/<username>/", person.person, name="person"),
]
