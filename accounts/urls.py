"""allauth's addresses. What a mailed code opens is ours, everything else is allauth's own view."""

from allauth.account import urls as allauth_urls
from allauth.usersessions.views import list_usersessions
from django.urls import URLPattern, path, re_path

from accounts.answers import with_status
from accounts.views.account import account
from accounts.views.entrance import ask_for_code, enter_code, signup
from accounts.views.logout import logout
from accounts.views.new_password import after_code, after_link, open_link

doors = [
    path("", account, name="account"),
    path("logout/", logout, name="account_logout"),
    path("signup/", signup, name="account_signup"),
    path("signup/confirm/", enter_code, {"purpose": "signup"}, name="account_confirm_signup"),
    path("login/code/", ask_for_code, {"purpose": "login"}, name="account_request_login_code"),
    path("login/code/confirm/", enter_code, {"purpose": "login"}, name="account_confirm_login_code"),
]

forgotten_password = [
    path("password/reset/", ask_for_code, {"purpose": "reset"}, name="account_reset_password"),
    path("password/reset/confirm/", enter_code, {"purpose": "reset"}, name="account_confirm_password_reset_code"),
    path("password/reset/complete/", after_code, name="account_complete_password_reset"),
    path("password/reset/key/", after_link, name="account_reset_password_from_link"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        open_link,
        name="account_reset_password_from_key",
    ),
]


def _with_status(route: URLPattern) -> URLPattern:
    return URLPattern(route.pattern, with_status(route.callback), route.default_args, route.name)


urlpatterns = [
    *doors,
    *forgotten_password,
    *map(_with_status, allauth_urls.urlpatterns),
    path("sessions/", list_usersessions, name="usersessions_list"),
]
