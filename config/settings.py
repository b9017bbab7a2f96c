"""Settings, read top to bottom. The environment differs between machines, this file does not.

Every variable is described in docs/running.md; a value that cannot be parsed stops the start.
What production must have is checked in config/serve/checks.py, when a server is about to serve.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.utils import get_random_secret_key

from config.environment import Environment
from config.logs import LOGGING
from config.policy import CONTENT_SECURITY_POLICY
from config.sign_in_settings import providers_named_by

__all__ = ["CONTENT_SECURITY_POLICY", "LOGGING"]

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# --- The place -------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
SECRET_KEY = (
    env.str("SECRET_KEY", default="") or env.local_secret_key(DATA_DIR) or get_random_secret_key()
)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS")
SITE_NAME = env.site_name()
SITE_URL = env.site_url(ALLOWED_HOSTS)
SITE_HOST = urlsplit(SITE_URL).hostname or ""
CONTACT = env.address("CONTACT", default=f"postmaster@{SITE_HOST}")
HTTPS = SITE_URL.startswith("https://")

# --- Applications ----------------------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.google",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "publication",
    "accounts",
    "articles",
    "forum",
    "search",
    "transfer",
    "privacy",
    "desk",
    "mail.apps.MailConfig",
    "crispy_forms",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "config.apps.SiteAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.RequestLog",
    "config.middleware.SecurityHeaders",
    "config.middleware.Probes",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.RequestSize",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "forum.discussion.csrf.CsrfMiddleware",
    "config.middleware.Overload",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.RequiredFactor",
    "accounts.device.DeviceMiddleware",
    "config.views.drafts.TakenDrafts",
    "config.views.drafts.ForgottenDrafts",
    "config.views.drafts.SignedOutWriter",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
CSRF_FAILURE_VIEW = "config.views.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context_processors.site",
            ],
        },
    },
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "config.jinja2.environment"},
    },
]

# --- Data ------------------------------------------------------------------------------------

DATABASES = {"default": env.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The default cache counts limits for all workers: docs/decisions/0003-limits-in-the-database.md.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    "fragments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
CACHE_URL = env.cache_url()  # the Redis or Valkey through which machines share page versions

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Mail ------------------------------------------------------------------------------------

OUTBOX_DIR = DATA_DIR / "outbox"
MAIL_SERVER = env.mail_server()
EMAIL_BACKEND = "mail.backends.QueuedBackend"  # every mail is queued first
MAIL_TRANSPORT = MAIL_SERVER.transport  # and then handed to this one by the worker
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SERVER.starttls, MAIL_SERVER.tls
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.sender(SITE_NAME, SITE_HOST)
EMAIL_TIMEOUT = 20
LETTER_CONTEXT = "publication.current.for_letters"  # what each email says of the site
ANYMAIL = env.anymail()
INSTALLED_APPS += ["anymail"] if ANYMAIL else []  # its webhooks alone

# --- People ----------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "accounts.hashers.OpaqueArgon2PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# NIST SP 800-63B-4: fifteen characters where the password stands alone, none that is guessed first,
# no rules about its composition.
AUTH_PASSWORD_VALIDATORS = [{"NAME": "accounts.password_validation.StrengthValidator"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # accounts.login does it, with the steps that follow
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "add_email": "accounts.forms.ChangeEmailForm",
    "confirm_email_verification_code": "accounts.forms.EmailCodeForm",
}
# Emails, codes and passwords are counted by accounts.limits, where
# strangers cannot use up what is the owner's.
ACCOUNT_RATE_LIMITS = {"login": "", "login_failed": "", "confirm_email": ""}
# The view that does what a person pressed for who had to sign in
# first, by the name of the address that they wanted.
AFTER_SIGN_IN = {"draft": "forum.posting.views.after_sign_in.post_draft"}

# One factor is the mailbox, the password or the account elsewhere; the second is something that a
# person has. docs/people.md says who is asked for it.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
MFA_ADAPTER = "accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "accounts.factor_forms.NewAppForm",
    "add_webauthn": "accounts.factor_forms.NewPasskeyForm",
    "edit_webauthn": "accounts.factor_forms.PasskeyNameForm",
    "login_webauthn": "accounts.factor_forms.PasskeySignInForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # http is for a loopback address alone
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # the code before and the one after: typing takes time, and clocks differ
MFA_TRUST_ENABLED = True
MFA_TRUST_COOKIE_AGE = timedelta(days=30)

SOCIALACCOUNT_ADAPTER = "accounts.social_adapter.SocialAdapter"
SOCIALACCOUNT_FORMS = {"disconnect": "accounts.social_forms.DisconnectForm"}
SOCIALACCOUNT_PROVIDERS = providers_named_by(env.str)

ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if HTTPS else 0)

CRISPY_TEMPLATE_PACK = "parley"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["parley"]

# --- Comments --------------------------------------------------------------------------------

COMMENT_RATE = env.rate("COMMENT_RATE", default="20/m")  # (comments, seconds) for one person
DOWNVOTES = env.bool("DOWNVOTES", default=False)
VOTES_HIDDEN_MINUTES = env.int("VOTES_HIDDEN_MINUTES", default=0)  # of a young comment
FLAGS_TO_HOLD = env.int(
    "FLAGS_TO_HOLD", default=3
)  # trusted people's worth of reports; 0: never by reports
MODERATORS_NAMED = env.bool("MODERATORS_NAMED", default=False)  # in the public log

# --- Safety ----------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes
# Forms with a file, by their path: a picture that is too large is refused at its field.
LARGEST_UPLOADS = {"/accounts/profile/": 8 * 1024 * 1024}
# No upload touches the disk: the server has it in memory anyway.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = max(LARGEST_UPLOADS.values())
# An article may have 200 facts of seven fields, and as many questions of four.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_ENGINE = "config.sessions"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_AGE = 60 * 24 * 60 * 60  # seconds
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]  # where a Referer is compared, a proxy may have left out the port
DRAFT_COOKIE_NAME = f"{COOKIE_PREFIX}draft"
VOTE_COOKIE_NAME = f"{COOKIE_PREFIX}vote"
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}device"
MFA_TRUST_COOKIE_NAME = f"{COOKIE_PREFIX}trusted"

HSTS = env.choice("HSTS", ["host", "subdomains", "preload"])
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60
    # A site may be one host among several, and cannot speak for the others.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = HSTS != "host"
    SECURE_HSTS_PRELOAD = HSTS == "preload"
# HSTS covers this host alone (W005, W021); forum.discussion.csrf extends Django's check (W003).
SILENCED_SYSTEM_CHECKS = ["security.W003", "security.W005", "security.W021"]

# --- Language, time, files -------------------------------------------------------------------

LANGUAGES = env.languages(BASE_DIR / "locale")
LANGUAGE_CODE = LANGUAGES[0][0]  # of articles, feeds, and pages for readers without a choice
LANGUAGE_COOKIE_NAME = "language"
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.time_zone()
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.BundledStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60
