"""Answers to what django-allauth asks about accounts elsewhere."""

from typing import Any

from allauth.account.internal.flows.reauthentication import stash_and_reauthenticate
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.http import HttpRequest

from accounts.fresh import is_fresh

# What is kept of a profile: enough to tell one account from another on the page that lists them.
KEPT = ("email", "login", "name", "preferred_username")
CONNECT = "allauth.socialaccount.internal.flows.connect.resume_connect"


class SocialAdapter(DefaultSocialAccountAdapter):
    def list_apps(
        self, request: HttpRequest, provider: Any = None, client_id: Any = None
    ) -> list[Any]:
        """Return what the settings name: the database has none, and need not be asked."""
        apps = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for several in apps.values() for app in several]

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Refuse: accounts.views.social asks for a name, or for a proof of the account."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> Any:
        """Forget, before anything is stored, what nobody here needs to know."""
        account = sociallogin.account
        profile = account.extra_data.get("userinfo") or account.extra_data
        account.extra_data = {name: profile[name] for name in KEPT if profile.get(name)}
        return super().populate_user(request, sociallogin, data)

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Ask for a fresh proof before an account is connected, whatever ways in there are."""
        sociallogin.token = None  # the site does nothing there in anybody's name
        connects = sociallogin.state.get("process") == AuthProcess.CONNECT
        if connects and request.user.is_authenticated and not is_fresh(request):
            proof_first = stash_and_reauthenticate(request, sociallogin.serialize(), CONNECT)
            raise ImmediateHttpResponse(proof_first)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None
    ) -> None:
        named = {"provider": str(context["provider"])} if context else None
        super().send_notification_mail(template_prefix, user, named)
