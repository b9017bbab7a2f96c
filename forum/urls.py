from django.urls import include, path

from accounts.buttons import by_button
from forum.discussion import feeds
from forum.discussion.views import live, mentions, new_comments, person, visit
from forum.flags import views as flags_views
from forum.moderation.views import (
    bulk,
    case,
    discussion,
    objection,
    person_history,
    public_log,
    queue,
    report,
    saved_view,
    statement,
    undo,
)
from forum.moderation.views import comment as comment_tools
from forum.notifications.views import by_link, emails, follow, inbox
from forum.notifications.views import settings as notification_settings
from forum.people import views as people_views
from forum.posting.views import comment, draft, edit, passage, stash
from forum.questions import views as questions_views
from forum.votes import views as votes_views

of_article = [
    path(
        "comments/",
        by_button(
            comment.post_comment,
            preview=comment.preview_comment,
            forgot=stash.forgot_while_writing,
            sign_in=stash.sign_in_while_writing,
        ),
        name="post_comment",
    ),
    path("comments/preview/", comment.preview_comment, name="preview_comment"),
    path("comments/forgot/", stash.forgot_while_writing, name="forgot_while_writing"),
    path("comments/sign-in/", stash.sign_in_while_writing, name="sign_in_while_writing"),
    path("new/", new_comments.newer, name="newer"),
    path("people/", mentions.people, name="people_of_discussion"),
    path("visit/", visit.visit, name="visit"),
    path("moderate/", discussion.moderate_discussion, name="moderate_discussion"),
    path("live/", live.live, name="live"),
    path("passages/<slug:anchor>/", passage.passage, name="passage"),
    path("feed/", feeds.DiscussionFeed(), name="article_feed"),
    path("follow/", follow.follow_article, name="follow_article"),
]

comments = [
    path("", comment.comment, name="comment"),
    path("reply/", comment.reply, name="reply"),
    path("edit/", edit.edit_comment, name="edit_comment"),
    path("history/", edit.history, name="history"),
    path("delete/", comment.delete_comment, name="delete_comment"),
    path("undelete/", comment.undelete_comment, name="undelete_comment"),
    path("vote/", votes_views.vote, name="vote"),
    path("moderate/", comment_tools.moderate, name="moderate"),
    path("flag/", flags_views.flag, name="flag"),
    path("reasons/", statement.reasons, name="reasons"),
    path("follow/", follow.follow_thread, name="follow_thread"),
    path("mute/", follow.mute_thread, name="mute_thread"),
    path("settled/", questions_views.settled, name="settled"),
]

drafts = [
    path("", by_button(draft.draft, email=draft.draft_code), name="draft"),
    path("code/", draft.draft_code, name="draft_code"),
    path("discard/", draft.draft_discard, name="draft_discard"),
    path("undiscard/", draft.draft_undiscard, name="draft_undiscard"),
]

editors = [
    path("questions/", questions_views.questions, name="questions"),
    path("corrections/", questions_views.corrections, name="corrections"),
]

moderation = [
    path("statements/", statement.statements, name="statements"),
    path("statements/<int:pk>/", statement.statement, name="statement"),
    path("objections/", objection.objections, name="objections"),
    path("objections/<int:pk>/", objection.objection, name="objection"),
    path("log/", public_log.log, name="moderation_log"),
    path("report/", report.report, name="moderation_report"),
    path("report.csv", report.report_csv, name="moderation_report_csv"),
    path(
        "report-<int:year>.zip",
        report.report_for_commission,
        name="moderation_report_for_commission",
    ),
    path("", queue.queue, name="queue"),
    path("live/", queue.live_queue, name="live_queue"),
    path("cases/<int:pk>/", case.case, name="case"),
    path("cases/<int:pk>/claim/", case.claim, name="claim"),
    path("several/", bulk.several, name="several"),
    path("undo/<int:pk>/", undo.undo, name="undo"),
    path("views/", saved_view.save_view, name="save_view"),
    path("views/<int:pk>/delete/", saved_view.delete_view, name="delete_view"),
    path("takedowns/<int:pk>/undo/", person_history.undo_takedown, name="undo_takedown"),
    path("people/", person_history.people, name="moderated_people"),
    path("people/<username>/", person_history.history, name="person_history"),
    path("people/<username>/measures/", person_history.sanction, name="sanction_person"),
]

notifications = [
    path("unsubscribe/<str:token>/", by_link.unsubscribe, name="unsubscribe"),
    path("mute/<str:token>/", by_link.mute, name="mute_by_link"),
    path("confirm/<str:token>/", by_link.confirm, name="confirm"),
    path("email-replies/", emails.email_replies, name="email_replies"),
    path("email-again/", emails.email_again, name="email_again"),
    path("", inbox.notifications, name="notifications"),
    path("read/", inbox.mark_read, name="mark_read"),
    path("<int:pk>/", inbox.open_notification, name="open_notification"),
    path("settings/", notification_settings.settings, name="notification_settings"),
]

urlpatterns = [
    path("accounts/profile/", people_views.edit_profile, name="account_profile"),
    path("articles/<slug:slug>/", include(of_article)),
    path("comments/<int:pk>/", include(comments)),
    path("drafts/<uuid:pk>/", include(drafts)),
    path("desk/", include(editors)),
    path("flags/", flags_views.flags, name="flags"),
    path("moderation/", include(moderation)),
    path("notifications/", include(notifications)),
    path("people/<username>/", person.person, name="person"),
    path("people/<username>/mute/", follow.mute_person, name="mute_person"),
    path("topics/<slug:slug>/follow/", follow.follow_topic, name="follow_topic"),
]
