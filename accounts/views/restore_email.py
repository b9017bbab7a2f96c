"""The way back for somebody whose address was changed by somebody else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Proof, User
from accounts.proofs import Purpose
from accounts.responses import page
from accounts.restore import restore
from accounts.views.new_password import LINK_SESSION_KEY

RESTORE_SESSION_KEY = "accounts.restore"


@require_http_methods(["GET", "HEAD"])
def open_restore_link(request: HttpRequest, token: str) -> HttpResponse:
    """Look at the link, spend nothing and lead to the page
    with the button, whose address is no secret.
    """
    request.session[RESTORE_SESSION_KEY] = token
    response: HttpResponse = redirect("account_confirm_restore_email")
    response.headers["Referrer-Policy"] = "no-referrer"
    add_never_cache_headers(response)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def restore_email(request: HttpRequest) -> HttpResponse:
    proof = Proof.objects.by_link(request.session.get(RESTORE_SESSION_KEY, ""), Purpose.RESTORE)
    person = restore(proof) if proof and request.method == "POST" else None
    if person is None:
        can_restore = proof is not None and request.method != "POST"
        return page(request, "account/restore_email.html", proof=proof if can_restore else None)
    return _choose_password(request, person)


def _choose_password(request: HttpRequest, person: User) -> HttpResponse:
    """Lead to a new password: the one before is as lost as the address was."""
    request.session.flush()
    proof = Proof.objects.make(Purpose.RESET, person.email, person=person)
    request.session[LINK_SESSION_KEY] = proof.token
    return redirect("account_reset_password_from_link")
