"""Invitations: the administrators' list, and the page that the link opens."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.after_sign_in import Wanted
from accounts.invitations import (
    Invitation,
    InvitedRole,
    invitation_by_link,
    invite,
    open_invitations,
    send_again,
    withdraw_invitation,
)
from accounts.login import log_in
from accounts.models import User
from accounts.responses import page, status_of
from accounts.rights import demand_account
from desk.access import for_desk
from desk.forms.invitation import AcceptForm, InvitationForm
from desk.invitations import accept_invitation


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def invitations(request: HttpRequest) -> HttpResponse:
    demand_account("give_rights", request.user)
    if request.POST.get("again"):
        return _send_again(request, request.POST["again"])
    if request.POST.get("withdraw"):
        return _withdraw(request, request.POST["withdraw"])
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        chosen = form.cleaned_data
        invite(
            by=request.user,  # type: ignore[arg-type]
            email=chosen["email"],
            role=chosen["role"],
            topic=form.topic_key,
        )
        messages.success(request, _("An invitation was sent to %(email)s.") % chosen)
        return redirect("desk_invitations")
    context = {"form": form, "invitations": open_invitations()}
    return render(request, "desk/invitations.html", context, status=status_of(form))


def _send_again(request: HttpRequest, key: str) -> HttpResponse:
    sent = send_again(_key(key), by=request.user)  # type: ignore[arg-type]
    if sent:
        said = _("An invitation was sent to %(email)s.") % {"email": sent.proof.email}
        messages.success(request, said)
    return redirect("desk_invitations")


def _withdraw(request: HttpRequest, key: str) -> HttpResponse:
    if withdraw_invitation(_key(key), by=request.user):  # type: ignore[arg-type]
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("desk_invitations")


def _key(typed: str) -> str:
    try:
        return str(UUID(typed))
    except ValueError:
        raise Http404 from None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.per_network("signup")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link invites to, and accept it by a press."""
    found = invitation_by_link(token)
    if found is None:
        return render(request, "desk/invitation_ended.html", status=404)
    is_known = User.objects.with_email(found.proof.email) is not None
    form = AcceptForm(request.POST if request.method == "POST" else None, is_known=is_known)
    if form.is_valid():
        try:
            return _accept(request, found, form.cleaned_data.get("username", ""))
        except ValidationError as refused:
            form.add_error(None, refused)
    return page(request, "desk/invitation.html", form, invitation=found, is_known=is_known)


def _accept(request: HttpRequest, invitation: Invitation, username: str) -> HttpResponse:
    person, is_new = accept_invitation(invitation, username=username)
    works_here = invitation.role in (InvitedRole.WRITER, InvitedRole.EDITOR)
    place = reverse("desk") if works_here else reverse("home")
    if is_new:
        return log_in(request, person, Wanted(place))
    messages.success(request, _("You have accepted the invitation. Sign in to use your new role."))
    return redirect(f"{reverse('account_login')}?next={place}")
