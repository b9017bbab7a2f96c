"""Sign somebody in with the code, the mailed link or the password that posts their draft."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.after_sign_in import Wanted
from accounts.challenges import check_code
from accounts.limits import Limited
from accounts.login import sign_in_by_password, sign_in_by_proof
from accounts.models import Proof
from forum.discussion.models.draft import Draft
from forum.posting.forms import CodeForm
from forum.posting.views.after_sign_in import posting_of


def sign_in(
    request: HttpRequest, draft: Draft, form: CodeForm, linked: Proof | None
) -> HttpResponse | None:
    """Return the response to a right code, link or password: the posted
    comment, or the next step of the sign-in. None with errors in the form.
    """
    fields = form.cleaned_data
    wanted = posting_of(draft)
    if fields["password"]:
        return _sign_in_by_password(request, draft, form, wanted)
    try:
        proof = linked or _check_code(request, draft, fields["code"])
    except ValidationError as error:
        form.add_error("code", error)
        return None
    try:
        return sign_in_by_proof(
            request, proof, wanted, content=draft.content, username=fields["username"]
        )
    except ValidationError as error:
        form.add_error("code" if error.code == "ended" and not linked else "username", error)
        return None


def _check_code(request: HttpRequest, draft: Draft, typed: str) -> Proof:
    proof = draft.proof
    if proof is None:
        raise ValidationError(_("There is no code for this comment yet. Send a new code."), "ended")
    check_code(request, proof, typed)
    return proof


def _sign_in_by_password(
    request: HttpRequest, draft: Draft, form: CodeForm, wanted: Wanted
) -> HttpResponse | None:
    try:
        response = sign_in_by_password(request, draft.email, form.cleaned_data["password"], wanted)
    except Limited as limited:
        form.add_error("password", limited)
        return None
    if response is None:
        form.add_error("password", _("Email or password is wrong."))
    return response
