"""Every address has a rule for who may open it: an address without one fails here."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.links import Purpose, sign, sign_for
from accounts.models import User
from accounts.profiles import set_picture
from articles.models import Article, ArticleRevision
from forum.models import Case, Comment, Draft, ModerationAction, Notification, Objection
from publication.models import PageVersion
from tests.conftest import OUR_PAGE
from tests.roles.who import Undone

Browsers = dict[str, Client]
OF_ONE = re.compile(r"^/(articles|comments)/[^/]+/")
NEVER = {"articles": "never-was", "comments": "999999"}

ANYBODY = (200, 200, 200)
SIGNED_IN = (302, 200, 200)
SIGNED_OUT = (200, 302, 302)
ONLY_POST = (405, 405, 405)
LEADS_ON = (302, 302, 302)
EDITORS = MODERATORS = (302, 403, 200)
ELSEWHERE = ("google", "github", "openid_connect")

# What a GET answers to a signed-out reader, to the reader whose
# comment and draft it is, and to a moderator.
RULES = {
    **dict.fromkeys(["home", "topic", "article", "articles_feed", "article_feed"], ANYBODY),
    **dict.fromkeys(["topics", "search"], ANYBODY),
    "sitemap": ANYBODY,
    "robots": ANYBODY,
    "security_txt": ANYBODY,
    "change_password": LEADS_ON,
    "help": ANYBODY,
    "privacy": ANYBODY,
    "theme": ONLY_POST,
    "reading": ONLY_POST,
    "language": ONLY_POST,
    "favicon": LEADS_ON,
    "policy_reports": ONLY_POST,
    "live": ANYBODY,
    "person": ANYBODY,
    "picture": ANYBODY,
    "comment": ANYBODY,
    "reply": ANYBODY,
    "passage": ANYBODY,
    **dict.fromkeys(["desk", "desk_new_article", "desk_article", "desk_delete_article"], EDITORS),
    **dict.fromkeys(["desk_several", "desk_draft", "desk_new_draft"], ONLY_POST),
    "desk_revisions": EDITORS,
    "desk_revision": EDITORS,
    "invitation": (404, 404, 404),
    **dict.fromkeys(["desk_site", "desk_site_page", "desk_invitations", "desk_begin"], EDITORS),
    **dict.fromkeys(["site_page", "site_page_version"], ANYBODY),
    "site_look": (404, 404, 404),  # a site without colours of its own
    **dict.fromkeys(["former_questions", "former_corrections"], (301, 301, 301)),
    "questions": EDITORS,
    "corrections": EDITORS,
    "settled": ONLY_POST,
    "moderate": MODERATORS,
    "moderate_discussion": MODERATORS,
    "queue": MODERATORS,
    "live_queue": MODERATORS,
    "case": MODERATORS,
    "claim": ONLY_POST,
    "several": ONLY_POST,
    "undo": ONLY_POST,
    "save_view": ONLY_POST,
    "delete_view": ONLY_POST,
    "moderated_people": MODERATORS,
    "undo_takedown": ONLY_POST,
    "person_history": MODERATORS,
    "sanction_person": ONLY_POST,
    "post_comment": LEADS_ON,
    "preview_comment": LEADS_ON,
    "forgot_while_writing": LEADS_ON,
    "sign_in_while_writing": LEADS_ON,
    "edit_comment": (302, 200, 403),
    "history": ANYBODY,
    "newer": ANYBODY,
    "people_of_discussion": (403, 200, 200),
    "delete_comment": (302, 200, 403),
    "undelete_comment": (302, 405, 405),
    "visit": (302, 405, 405),
    "vote": (200, 403, 200),
    "flag": (200, 403, 200),
    "flags": SIGNED_IN,
    "draft": (403, 200, 403),
    **dict.fromkeys(["draft_code", "draft_discard", "draft_undiscard"], ONLY_POST),
    "reasons": (302, 302, 404),
    "statements": SIGNED_IN,
    "statement": SIGNED_IN,
    "objections": EDITORS,
    "objection": EDITORS,
    "moderation_log": ANYBODY,
    "moderation_report": ANYBODY,
    "moderation_report_csv": ANYBODY,
    "moderation_report_for_commission": ANYBODY,
    "notifications": SIGNED_IN,
    "open_notification": (302, 302, 404),
    "mark_read": ONLY_POST,
    "follow_article": SIGNED_OUT,
    "notification_settings": SIGNED_IN,
    **dict.fromkeys(["follow_thread", "follow_topic"], ONLY_POST),
    **dict.fromkeys(["mute_thread", "mute_person", "email_replies", "email_again"], ONLY_POST),
    **dict.fromkeys(["unsubscribe", "mute_by_link", "confirm"], ANYBODY),  # with a signed token
    "account": SIGNED_IN,
    "account_profile": SIGNED_IN,
    "account_export": SIGNED_IN,
    "account_download": LEADS_ON,  # to a fresh proof
    "account_delete": LEADS_ON,
    "account_login": SIGNED_OUT,
    "account_signup": SIGNED_OUT,
    "account_logout": SIGNED_IN,
    "account_email": SIGNED_IN,
    "preferences": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": LEADS_ON,  # these people have one: they change it
    "account_reauthenticate": SIGNED_IN,
    "account_inactive": ANYBODY,
    "usersessions_list": SIGNED_IN,
    "socialaccount_connections": SIGNED_IN,
    "socialaccount_signup": LEADS_ON,
    "socialaccount_login_cancelled": ANYBODY,
    "socialaccount_login_error": (401, 401, 401),
    # Not set in these tests: tests/accounts/test_elsewhere.py.
    **{f"{name}_{end}": (404, 404, 404) for name in ELSEWHERE for end in ("login", "callback")},
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": LEADS_ON,
    "mfa_required": LEADS_ON,
    # These people have no second factor, and have not shown just now that it is them.
    "mfa_activate_totp": LEADS_ON,
    "mfa_deactivate_totp": (302, 404, 404),
    "mfa_view_recovery_codes": (302, 404, 404),
    "mfa_generate_recovery_codes": LEADS_ON,
    "mfa_download_recovery_codes": (302, 404, 404),
    **{f"mfa_{act}_webauthn": LEADS_ON for act in ("list", "add", "login", "edit", "remove")},
}
# Steps of a way in: what they answer depends on the step before, see tests/accounts.
STEPS = {
    "account_confirm_signup",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "account_reset_password_from_link",
    "account_reset_password_from_key",
    "account_email_verification_sent",
    "account_confirm_reauthentication",
    "account_restore_email",
    "account_confirm_restore_email",
}


OF_ARTICLE = [
    "post_comment",
    "preview_comment",
    "forgot_while_writing",
    "sign_in_while_writing",
    "visit",
    "newer",
    "people_of_discussion",
    "follow_article",
]
OF_ARTICLE += ["moderate_discussion"]
OF_COMMENT = [
    "comment",
    "reply",
    "edit_comment",
    "delete_comment",
    "undelete_comment",
    "history",
    "settled",
    "reasons",
    "follow_thread",
    "mute_thread",
]
ABOUT_COMMENT = ["vote", "flag", "moderate"]
OF_DRAFT = ["draft", "draft_code", "draft_discard", "draft_undiscard"]


def names(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name)
        elif pattern.app_name != "admin":
            yield from names(pattern.url_patterns)


@pytest.fixture
def browsers(reader: User, moderator: User, client_of: Callable[[User], Client]) -> Browsers:
    return {"anybody": Client(), "reader": client_of(reader), "moderator": client_of(moderator)}


@pytest.fixture
def address_of(say: Callable[..., Comment], reader: User, moderator: User) -> Callable[[str], str]:
    comment = say("Words.")
    words = {"article": comment.discussion.article, "body": "Kept.", "parent": None}
    draft, _ = Draft.objects.stash(holder="", person=reader, key="k", **words)
    case = Case.objects.create(comment=comment, cause="flags", severity=50)
    set_picture(reader, b"picture")
    warning = ModerationAction.record("warn", by=moderator, comment=comment, person=reader)
    objection = Objection.objects.create(action=warning, person=reader, words="No.")
    told = Notification.objects.create(person=reader, kind="decision", action=warning)
    PageVersion.objects.create(name="rules", number=1, text="Be kind.", html="")
    arguments = {
        "invitation": "none",
        "site_look": "none",
        **dict.fromkeys(["site_page", "desk_site_page"], "rules"),
        "picture": reader.picture.name,
        **dict.fromkeys(
            ["desk_article", "desk_delete_article", "desk_draft"], comment.discussion.article_id
        ),
        "desk_revisions": comment.discussion.article_id,
        "account_download": uuid4(),
        **dict.fromkeys(["topic", "follow_topic"], "tides"),
        "open_notification": told.pk,
        "unsubscribe": sign_for(reader, Purpose.UNSUBSCRIBE, "replies"),
        "mute_by_link": sign_for(reader, Purpose.MUTE, comment.pk),
        "confirm": sign(Purpose.CONFIRM, "address", reader.email),
        "statement": warning.pk,
        "objection": objection.pk,
        "moderation_report_for_commission": timezone.localdate().year,
        **dict.fromkeys(
            ["person", "mute_person", "person_history", "sanction_person"], reader.username
        ),
        **dict.fromkeys(["case", "claim", "undo", "undo_takedown", "delete_view"], case.pk),
        **dict.fromkeys(["article", "article_feed", "live", *OF_ARTICLE], "high-tide"),
        **dict.fromkeys([*OF_COMMENT, *ABOUT_COMMENT], comment.pk),
        **dict.fromkeys(OF_DRAFT, draft.pk),
        **dict.fromkeys(["openid_connect_login", "openid_connect_callback"], "openid"),
        **dict.fromkeys(["mfa_edit_webauthn", "mfa_remove_webauthn"], 1),
    }
    article = comment.discussion.article
    ArticleRevision.objects.create(article=article, number=1, status="published", content={})
    addresses = {
        "passage": reverse("passage", args=["high-tide", "p-1"]),
        "desk_revision": reverse("desk_revision", args=[article.pk, 1]),
        "site_page_version": reverse("site_page_version", args=["rules", 1]),
    }
    return lambda name: (
        addresses.get(name) or reverse(name, args=[arguments[name]] if name in arguments else None)
    )


def test_every_address_has_a_rule() -> None:
    assert set(names(get_resolver().url_patterns)) == {*RULES, *STEPS}


def test_an_address_opens_to_whom_its_rule_says(
    browsers: Browsers, address_of: Callable[[str], str]
) -> None:
    def answers(name: str) -> tuple[int, ...]:
        with Undone():
            address = address_of(name)
            return tuple(browser.get(address).status_code for browser in browsers.values())

    assert {name: answers(name) for name in RULES} == RULES


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_withdrawn_article_answers_like_one_that_never_was(
    method: str,
    other_reader: User,
    client_of: Callable[[User], Client],
    address_of: Callable[[str], str],
) -> None:
    names = [name for name in RULES if name in {*OF_ARTICLE, *OF_COMMENT, *ABOUT_COMMENT}]
    addresses = {name: address_of(name) for name in names}
    Article.objects.update(status=Article.Status.DRAFT)
    for browser, (name, withdrawn) in product(
        (Client(), client_of(other_reader)), addresses.items()
    ):
        never = OF_ONE.sub(lambda match: f"/{match[1]}/{NEVER[match[1]]}/", withdrawn)
        answers = [getattr(browser, method)(address, **OUR_PAGE) for address in (withdrawn, never)]
        assert len({answer.status_code for answer in answers}) == 1, name


def test_the_admin_opens_to_staff_alone(browsers: Browsers) -> None:
    assert [browser.get("/admin/").status_code for browser in browsers.values()] == [302, 302, 200]
