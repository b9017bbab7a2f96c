"""Every page decides as the table of roles says. A page without a row here fails."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import WHOLE_SITE, Subject, refusal
from forum.models import (
    Case,
    Comment,
    ModerationAction,
    Objection,
    Sanction,
    Takedown,
)
from forum.posting.visibility import change_status
from tests.roles.who import DAY, Role, Roles, Undone
from tests.test_routes import names


def author_of(comment: Comment) -> User:
    assert comment.author
    return comment.author


Post = Callable[[Client, Comment], object]


def to_comment(decision: str) -> Post:
    return lambda client, comment: client.post(
        reverse("moderate", args=[comment.pk]), {"decision": decision, "reason": "spam", "note": ""}
    )


def to_case(decision: str, **more: Any) -> Post:
    def post(client: Client, comment: Comment) -> None:
        case = Case.objects.create(
            comment=comment, topic=comment.discussion.article.topic, cause="flags", severity=1
        )
        client.post(
            reverse("case", args=[case.pk]),
            {"decision": decision, "reason": "spam", "days": "7", **more},
        )

    return post


def to_several(client: Client, comment: Comment) -> None:
    case = Case.objects.create(
        comment=comment, topic=comment.discussion.article.topic, cause="flags", severity=1
    )
    client.post(reverse("several"), {"decision": "approve", "cases": [case.pk]})


def to_discussion(client: Client, comment: Comment) -> None:
    client.post(
        reverse("moderate_discussion", args=["high-tide"]), {"slow_minutes": "5", "state": "open"}
    )


def to_person(decision: str) -> Post:
    def post(client: Client, comment: Comment) -> None:
        if decision == "lift":
            Sanction.objects.create(
                person=author_of(comment),
                kind="silence",
                until=timezone.now() + DAY,
                reason="unkind",
            )
        address = reverse("sanction_person", args=[comment.author_name])
        client.post(
            address, {"decision": decision, "reason": "spam", "days": "7", "sanction": "silence"}
        )

    return post


def line(comment: Comment, kind: str, **what: Any) -> ModerationAction:
    made = ModerationAction.record(kind, by=None, comment=comment, person=comment.author, **what)
    assert made
    return made


def undo_of_a_removal(client: Client, comment: Comment) -> None:
    with transaction.atomic():
        change_status(comment, "published", "removed", removal_reason="spam")
    removal = line(comment, "remove", status_before="published", reason="spam")
    client.post(reverse("undo", args=[removal.pk]))


def undo_of_a_takedown(client: Client, comment: Comment) -> None:
    author, until = author_of(comment), timezone.now() + DAY
    Sanction.objects.create(person=author, kind="silence", until=until, reason="unkind")
    imposed = ModerationAction.record("silence", by=None, person=author, until=until)
    takedown = Takedown.objects.create(person=author, sanction=imposed, reason="unkind")
    client.post(reverse("undo_takedown", args=[takedown.pk]))


def undo_of_a_warning(client: Client, comment: Comment) -> None:
    client.post(reverse("undo", args=[line(comment, "warn").pk]))


def answer_to_an_objection(client: Client, comment: Comment) -> None:
    objection = Objection.objects.create(
        action=line(comment, "warn"), person=author_of(comment), words="No."
    )
    client.post(
        reverse("objection", args=[objection.pk]), {"outcome": "rejected", "answer": "Yes."}
    )


PAGES: dict[str, list[tuple[str, Post]]] = {
    "moderate": [(choice, to_comment(choice)) for choice in ("remove", "erase", "pin", "pick")],
    "case": [
        ("approve", to_case("approve")),
        ("remove", to_case("remove")),
        ("edit", to_case("edit", body="Other words.")),
        ("warn", to_case("warn")),
        ("suspend", to_case("sanction", sanction="suspension")),
    ],
    "several": [("approve", to_several)],
    "moderate_discussion": [("slow", to_discussion)],
    "sanction_person": [
        ("warn_person", to_person("warn")),
        ("silence", to_person("sanction")),
        ("lift", to_person("lift")),
    ],
    "undo_takedown": [("lift", undo_of_a_takedown)],
    "undo": [("restore", undo_of_a_removal), ("withdraw_warning", undo_of_a_warning)],
    "objection": [("reject", answer_to_an_objection)],
}
ABOUT_NOBODY = {"slow"}
# Pages that ask the table alone. The others let nobody in who moderates nothing.
OPEN_TO_STAFF = {"slow"}
# These pages show something, or change what belongs to whoever asks:
# tests/test_routes.py and the tests of each.
NO_DECISIONS = """
account account_delete account_download account_export account_change_password
 account_complete_password_reset account_confirm_login_code
account_confirm_password_reset_code account_confirm_reauthentication account_confirm_restore_email
account_confirm_signup
account_email account_email_verification_sent account_restore_email
language preferences
account_inactive account_login account_logout account_profile account_password_reset_completed
account_reauthenticate
account_request_login_code account_reset_password account_reset_password_done
account_reset_password_from_key
account_reset_password_from_link favicon policy_reports
account_set_password account_signup
github_callback github_login google_callback google_login openid_connect_callback
openid_connect_login socialaccount_connections socialaccount_login_cancelled
socialaccount_login_error socialaccount_signup
mfa_activate_totp mfa_add_webauthn mfa_authenticate mfa_deactivate_totp mfa_download_recovery_codes
mfa_edit_webauthn mfa_generate_recovery_codes mfa_index mfa_list_webauthn mfa_login_webauthn
mfa_remove_webauthn mfa_required mfa_view_recovery_codes
article article_feed articles_feed change_password claim comment
corrections
desk_begin desk_invitations invitation desk_site desk_site_page
site_look site_page site_page_version
desk desk_article desk_delete_article desk_draft desk_new_article desk_new_draft desk_revision
desk_revisions desk_several
former_corrections former_questions
follow_article follow_thread follow_topic mute_thread mute_person
unsubscribe mute_by_link confirm email_replies email_again
notifications open_notification mark_read notification_settings
delete_comment delete_view draft draft_code draft_discard draft_undiscard edit_comment flag flags
forgot_while_writing
sign_in_while_writing
healthz help
history home live live_queue moderated_people moderation_log moderation_report moderation_report_csv
newer
moderation_report_for_commission
objections passage
people_of_discussion person picture post_comment preview_comment questions queue reading readyz
reasons reply robots search
person_history privacy save_view
security_txt settled sitemap statement statements theme topic topics
undelete_comment usersessions_list
visit vote
""".split()


def test_every_page_has_a_row() -> None:
    known = {*PAGES, *NO_DECISIONS}
    assert {name for name in names(get_resolver().url_patterns) if name not in known} == set()


def attempts() -> Iterator[tuple[str, str, Post]]:
    for page, posts in PAGES.items():
        for act, post in posts:
            yield page, act, post


@pytest.mark.parametrize("whose", ["somebody else's", "their own"])
def test_every_page_decides_as_the_table_says(
    whose: str, roles: Roles, say: Callable[..., Comment]
) -> None:
    wrong = []
    for name, role in roles.items():
        author = role.user if whose == "their own" and role.user else roles["reader"].person
        comment = say(f"{name} reads this.", by=author)
        for page, act, post in attempts():
            with Undone():
                post(role.client, Comment.objects.get(pk=comment.pk))
                is_done = ModerationAction.objects.filter(
                    moderator=role.user, is_automatic=False
                ).exists()
            if is_done is not is_allowed(act, role, comment):
                wrong.append(f"{name}: {act} at {page} was {'done' if is_done else 'refused'}")
    assert wrong == []


def is_allowed(act: str, role: Role, comment: Comment) -> bool:
    author = author_of(comment)
    topic = comment.discussion.article.topic_id
    subject = Subject(None if act in ABOUT_NOBODY else author.pk, author.is_staff, topic)
    moderates = bool(role.actor.topics is WHOLE_SITE or role.actor.topics)
    return (moderates or act in OPEN_TO_STAFF) and refusal(act, role.actor, subject) is None
