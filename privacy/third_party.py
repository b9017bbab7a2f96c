"""Notes on what the packages of others store of people (docs/privacy.md)."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

HEADING = _("Signing in, and work in the background")
UNTIL_DELETED = _("Until you delete your account.")
SESSION_LIFETIME = timedelta(seconds=settings.SESSION_COOKIE_AGE)

NOTES: list[dict[str, Any]] = [
    {
        "model": "account.EmailAddress",
        "owner": "user",
        "columns": "user email verified primary",
        "what": _("The email addresses that you proved to be yours"),
        "why": _("Only the owner of an address can sign in with it."),
        "until": _("Until you change the address or delete your account."),
    },
    {
        "model": "account.EmailConfirmation",
        "owner": "email_address__user",
        "columns": "email_address created sent key",
        "what": _("A key to prove an email address"),
        "why": _("Only the owner of an address can sign in with it."),
        "until": UNTIL_DELETED,
        "is_secret": True,
    },
    {
        "model": "mfa.Authenticator",
        "owner": "user",
        "columns": "user type created_at last_used_at",
        "what": _("Your passkeys, authenticator app and recovery codes: since when and last used"),
        "why": _("They are asked for when you sign in. You can see and remove them."),
        "until": _("Until you remove them or delete your account."),
    },
    {
        "model": "mfa.Authenticator",
        "owner": "user",
        "columns": "data",
        "what": _("The keys with which passkeys and codes are checked, and the names you gave"),
        "why": _("They are asked for when you sign in. You can see and remove them."),
        "until": _("Until you remove them or delete your account."),
        "is_secret": True,
    },
    {
        "model": "socialaccount.SocialAccount",
        "owner": "user",
        "columns": "user provider uid last_login date_joined extra_data",
        "what": _("Accounts elsewhere that you connected: number, name and address there"),
        "why": _("You can sign in with them."),
        "until": _("Until you disconnect them or delete your account."),
    },
    {
        "model": "socialaccount.SocialToken",
        "owner": "account__user",
        "columns": "app account token token_secret expires_at",
        "what": _("Nothing: the site keeps no key to your accounts elsewhere"),
        "why": _("It does nothing there in your name."),
        "until": UNTIL_DELETED,
        "is_secret": True,
    },
    {
        "model": "usersessions.UserSession",
        "owner": "user",
        "columns": "user created_at last_seen_at ip user_agent data",
        "what": _("Where you are signed in: network address, browser and times"),
        "why": _("You can see and end each session."),
        "until": SESSION_LIFETIME,
    },
    {
        "model": "usersessions.UserSession",
        "owner": "user",
        "columns": "session_key",
        "what": _("The secret number of each session"),
        "why": _("Your browser proves with it that you are signed in."),
        "until": SESSION_LIFETIME,
        "is_secret": True,
    },
    {
        "model": "sessions.Session",
        "owner": "",
        "columns": "session_key session_data expire_date",
        "what": _("Your session: who is signed in, when, and which code we sent you"),
        "why": _("It keeps you signed in from page to page."),
        "until": SESSION_LIFETIME,
    },
    {
        "model": "admin.LogEntry",
        "owner": "user",
        "columns": (
            "user action_time content_type object_id object_repr action_flag change_message"
        ),
        "what": _("What you changed in the administration"),
        "why": _("The people who run the site can see who changed what."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "admin.LogEntry",
        "owner": "",
        "columns": "object_repr change_message",
        "what": _("Your name, where an administrator changed something about you"),
        "why": _("The people who run the site can see what was changed."),
        "until": UNTIL_DELETED,
    },
    {
        "model": "django_tasks_database.DBTaskResult",
        "owner": "",
        "columns": "args_kwargs return_value exception_class_path traceback",
        "what": _("Work that is queued for you, such as an email that has not been sent yet"),
        "why": _("Pages do not wait for it, and nothing is lost if the server stops."),
        "until": _("Until it is done. The error of a task that failed is kept for 30 days."),
    },
]

OF_NOBODY = {
    # Providers are named by settings; the table is empty.
    "socialaccount.SocialApp": "provider provider_id name client_id secret key settings",
    "auth.Group": "name",
    "auth.Group_permissions": "group permission",
    "auth.Permission": "name content_type codename",
    "contenttypes.ContentType": "app_label model",
    "django_tasks_database.DBTaskResult": (
        "status enqueued_at started_at finished_at priority task_path worker_ids queue_name "
        "backend_name run_after"
    ),
}

# Tables without a model.
TABLES_OF_NOBODY = {"django_migrations": "id app name applied"}
TABLES: list[dict[str, Any]] = [
    {
        "table": "limits",
        "columns": "cache_key value expires",
        "what": _("How often your network address tried to sign in, sign up or change a password"),
        "why": _("Nobody can try many passwords."),
        "until": timedelta(minutes=5),  # the longest limit of allauth (LOGIN_ATTEMPTS_TIMEOUT)
    },
]
