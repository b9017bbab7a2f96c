"""Notes on what this package stores of people (docs/privacy.md)."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.limits import NAME_OF_PERSON
from accounts.proofs import KEPT

HEADING = _("Your account")
UNTIL_DELETED = _("Until you delete your account.")

NOTES: list[dict[str, Any]] = [
    {
        "model": "accounts.User",
        "owner": "pk",
        "columns": "email",
        "what": _("Your email address"),
        "why": _("To sign you in and to write to you. Readers never see it."),
        "until": _("Until you change it or delete your account."),
    },
    {
        "model": "accounts.User",
        "owner": "pk",
        "columns": "username username_skeleton",
        "what": _("Your display name, also in a simplified spelling"),
        "why": _(
            "It is shown with what you write. Nobody else can take a name that looks like it."
        ),
        "until": UNTIL_DELETED,
    },
    {
        "model": "accounts.User",
        "owner": "pk",
        "columns": "password password_is_short",
        "what": _("Your password, as a hash that cannot be reversed, and whether it is short"),
        "why": _("To sign you in."),
        "until": _("Until you change it or delete your account."),
        "is_secret": True,
    },
    {
        "model": "accounts.User",
        "owner": "pk",
        "columns": "date_joined last_login",
        "what": _("When you joined and last signed in"),
        "why": _("New accounts are checked more closely. Your profile shows when you joined."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "accounts.User",
        "owner": "pk",
        "columns": "is_active is_staff is_superuser is_moderator unread_count",
        "what": _("What your account can do, and how many notifications you have not read"),
        "why": _("To show you what you can use."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "accounts.User",
        "owner": "pk",
        "columns": "language time_zone",
        "what": _("Your language and time zone, if you chose them"),
        "why": _("Pages and emails are in your language and show your time."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "accounts.User",
        "owner": "pk",
        "columns": "comment_order folds_replies",
        "what": _("In which order you read comments, and whether replies are collapsed"),
        "why": _("Discussions stay as you chose."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "accounts.User_groups",
        "owner": "user",
        "columns": "user group",
        "what": _("Your groups"),
        "why": _("They give permissions to people who run the site."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "accounts.User_user_permissions",
        "owner": "user",
        "columns": "user permission",
        "what": _("Your permissions"),
        "why": _("They let people who run the site do their work."),
        "until": UNTIL_DELETED,
    },
    *(
        {
            "model": "accounts.Proof",
            "owner": owner,
            "columns": (
                "email person purpose subject created_at proven_at attempts ended_at is_spent"
            ),
            "what": _("Codes and links that we emailed you: for what, to which address and when"),
            "why": _("Each can be used once, by the owner of the address."),
            "until": KEPT,
        }
        for owner in ("person", "email")
    ),
    {
        "model": "accounts.Proof",
        "owner": "person",
        "columns": "answer answered_at",
        "what": _("Whether your email server accepted the email, and when"),
        "why": _("The page that waits for a code says it."),
        "until": KEPT,
    },
    {
        "model": "accounts.Proof",
        "owner": "person",
        "columns": "secret state",
        "what": _("The secrets from which these codes and links are made"),
        "why": _("Nobody who reads the database learns a code."),
        "until": KEPT,
        "is_secret": True,
    },
    {
        "model": "accounts.TermsAcceptance",
        "owner": "person",
        "columns": "person version accepted_at",
        "what": _("Which version of the terms of use you accepted, and when"),
        "why": _("It proves what was agreed."),
        "until": _("Until you delete your account."),
    },
    {
        "model": "accounts.Recovery",
        "owner": "person",
        "columns": "person new_email removes_factors reason created_at due_at ended_at outcome",
        "what": _("When an administrator let you in again, to which address, and why"),
        "why": _("You and the people who run the site can see who changed your account."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "accounts.Recovery",
        "owner": "by",
        "columns": "by",
        "what": _("Whose account you recovered, as an administrator"),
        "why": _("The people who run the site can see who did it."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "accounts.FormerName",
        "owner": "person",
        "columns": "name skeleton person ended_at reserved_until",
        "what": _("Your former display names, also in a simplified spelling"),
        "why": _("They still lead to your page, and nobody else can take them."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "accounts.Profile",
        "owner": "person",
        "columns": "person about shows_picture shows_about shows_joined shows_comments",
        "what": _("What you tell about yourself, and what others see of your page"),
        "why": _("To show it on your page, as you choose."),
        "until": _("Until you change it or delete your account."),
    },
    {
        "model": "accounts.Picture",
        "owner": "person",
        "columns": "person name data created_at",
        "what": _("Your picture, in a small size and without what else was in the file"),
        "why": _("To show it on your page, as you choose."),
        "until": _("Until you replace or remove it, or delete your account."),
    },
    {
        "model": "accounts.Counter",
        "owner": "",
        "columns": "key times expires_at",
        "what": _("How often your address, network or account tried something, as a digest"),
        "why": _("Nobody can guess passwords or send you many emails."),
        "until": timedelta(seconds=NAME_OF_PERSON.seconds),
    },
]

OF_NOBODY: dict[str, str] = {}
