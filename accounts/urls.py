"""allauth's addresses. What a mailed code opens is ours, everything else is allauth's own view."""

from collections.abc import Callable
from functools import partial

from allauth.account import urls as allauth_urls
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.providers.github import views as github
from allauth.socialaccount.providers.google import views as google
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.socialaccount.views import connections, login_cancelled, login_error
from allauth.usersessions.views import list_usersessions
from django.urls import URLPattern, path, re_path
from django.views.generic import RedirectView

from accounts.buttons import by_button
from accounts.device import told_why_signed_out
from accounts.fresh import View, fresh_proof_required
from accounts.leaving import told_of_deletion
from accounts.responses import with_status
from accounts.views.account import account, second_factors
from accounts.views.email_code import ask_for_code, enter_code, signup
from accounts.views.factor_removal import new_password_follows, passkey_can_go
from accounts.views.logout import logout
from accounts.views.new_password import after_code, after_link, open_link
from accounts.views.preferences import preferences
from accounts.views.reauthenticate import enter_reauthentication_code, reauthenticate
from accounts.views.restore_email import open_restore_link, restore_email
from accounts.views.second_factor import ask_factor, require_factor
from accounts.views.social import arrive, finish, leave

sign_in = [
    path("", account, name="account"),
    path("preferences/", preferences, name="preferences"),
    path("logout/", logout, name="account_logout"),
    path("signup/", signup, name="account_signup"),
    path("signup/confirm/", enter_code, {"purpose": "signup"}, name="account_confirm_signup"),
    path("login/code/", ask_for_code, {"purpose": "login"}, name="account_request_login_code"),
    path(
        "login/code/confirm/", enter_code, {"purpose": "login"}, name="account_confirm_login_code"
    ),
]

forgotten_password = [
    path(
        "password/reset/done/",
        RedirectView.as_view(pattern_name="account_confirm_password_reset_code"),
        name="account_reset_password_done",
    ),
    path("password/reset/", ask_for_code, {"purpose": "reset"}, name="account_reset_password"),
    path(
        "password/reset/confirm/",
        enter_code,
        {"purpose": "reset"},
        name="account_confirm_password_reset_code",
    ),
    path("password/reset/complete/", after_code, name="account_complete_password_reset"),
    path("password/reset/key/", after_link, name="account_reset_password_from_link"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_link,
        name="account_reset_password_from_key",
    ),
]

fresh_proofs = [
    path("reauthenticate/", reauthenticate, name="account_reauthenticate"),
    path(
        "reauthenticate/code/", enter_reauthentication_code, name="account_confirm_reauthentication"
    ),
    path("email/restore/", restore_email, name="account_confirm_restore_email"),
    path("email/restore/<str:token>/", open_restore_link, name="account_restore_email"),
]


# Without allauth's pages to confirm that it is you: ours asks for whatever somebody has.
second_factor = [
    path("2fa/", second_factors, name="mfa_index"),
    path("2fa/authenticate/", ask_factor, name="mfa_authenticate"),
    path("2fa/required/", require_factor, name="mfa_required"),
    path("2fa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"
    ),
]


elsewhere = [
    path("3rdparty/", connections, name="socialaccount_connections"),
    path("3rdparty/signup/", finish, name="socialaccount_signup"),
    path("3rdparty/login/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("3rdparty/login/error/", login_error, name="socialaccount_login_error"),
    path("google/login/", leave(google.oauth2_login), name="google_login"),
    path("google/login/callback/", arrive(google.oauth2_callback), name="google_callback"),
    path("github/login/", leave(github.oauth2_login), name="github_login"),
    path("github/login/callback/", arrive(github.oauth2_callback), name="github_callback"),
    path("oidc/<str:provider_id>/login/", leave(openid.login), name="openid_connect_login"),
    path(
        "oidc/<str:provider_id>/login/callback/",
        arrive(openid.callback),
        name="openid_connect_callback",
    ),
]


def _login(view: View) -> View:
    ask = {
        "forgot": partial(ask_for_code, purpose="reset"),
        "ask_code": partial(ask_for_code, purpose="login"),
    }
    return by_button(told_of_deletion(told_why_signed_out(view)), **ask)


# Whoever sits down at a browser that was left signed in must not take the account along.
GUARDS: dict[str, Callable[[View], View]] = {
    "account_email": fresh_proof_required("POST"),
    "account_set_password": fresh_proof_required("GET", "POST"),
    "mfa_activate_totp": fresh_proof_required("GET", "POST"),
    "socialaccount_connections": fresh_proof_required("POST"),
    "mfa_add_webauthn": fresh_proof_required("GET", "POST"),
    "mfa_remove_webauthn": lambda view: passkey_can_go(new_password_follows(view)),
    "mfa_deactivate_totp": new_password_follows,
    "account_login": _login,
}


def _with_status(route: URLPattern) -> URLPattern:
    guard = GUARDS.get(str(route.name))
    view: View = guard(route.callback) if guard else route.callback
    return URLPattern(route.pattern, with_status(view), route.default_args, route.name)


urlpatterns = [
    *sign_in,
    *forgotten_password,
    *fresh_proofs,
    *map(_with_status, second_factor),
    *map(_with_status, elsewhere),
    *map(_with_status, allauth_urls.urlpatterns),
    path("sessions/", list_usersessions, name="usersessions_list"),
]
