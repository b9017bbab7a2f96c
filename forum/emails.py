from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.letters import letter

if TYPE_CHECKING:
    from accounts.models import Proof
    from forum.models import Draft, Flag, ModerationAction, Objection


def draft_code(draft: "Draft", proof: "Proof") -> EmailMessage:
    """The code that signs in and posts. The words themselves stay here: the address may not be the writer's."""
    link = f"{settings.SITE_URL}{draft.get_absolute_url()}?{urlencode({'link': proof.token})}"
    context = {"article": draft.article, "code": proof.code, "link": link}
    return letter("forum/email/draft_code", proof.email, context)


def flag_decided(flag: "Flag") -> EmailMessage:
    """What came of a flag. It says neither the comment's words nor the note: an address may be anybody's."""
    comment = flag.comment
    # Signed-out readers have no page of their own.
    address = reverse("flags") if flag.person_id else comment.get_absolute_url()
    context = {"flag": flag, "article": comment.discussion.article, "link": f"{settings.SITE_URL}{address}"}
    return letter("forum/email/flag_decided", flag.address, context)


def statement(action: "ModerationAction") -> EmailMessage:
    """The reasons of a decision, with the words it is about."""
    context = {"action": action, "occasion": action.occasion, "link": _statement_link(action)}
    return letter("forum/email/statement", str(getattr(action.person, "email", "")), context)


def answer_to_objection(objection: "Objection") -> EmailMessage:
    context = {"objection": objection, "action": objection.action, "link": _statement_link(objection.action)}
    return letter("forum/email/objection_answer", objection.person.email, context)


def _statement_link(action: "ModerationAction") -> str:
    return f"{settings.SITE_URL}{reverse('statement', args=[action.pk])}"
