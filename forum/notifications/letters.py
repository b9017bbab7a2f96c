from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from mail.letters import letter

if TYPE_CHECKING:
    from accounts.models import Proof, User
    from forum.discussion.models.draft import Draft
    from forum.flags.models.flag import Flag
    from forum.log.models.action import ModerationAction
    from forum.moderation.models.objection import Objection


def draft_code(draft: "Draft", proof: "Proof") -> EmailMessage:
    """The code that signs in and posts. The words themselves
    stay here: the address may not be the writer's.
    """
    link = f"{settings.SITE_URL}{draft.get_absolute_url()}?{urlencode({'link': proof.token})}"
    context = {"article": draft.article, "code": proof.code, "link": link}
    return letter("forum/email/draft_code", proof.email, context)


def flag_decided(flag: "Flag") -> EmailMessage:
    """What came of a flag. It says neither the comment's
    words nor the note: an address may be anybody's.
    """
    comment = flag.comment
    # Signed-out readers have no page of their own.
    address = reverse("flags") if flag.person_id else comment.get_absolute_url()
    context = {
        "flag": flag,
        "article": comment.discussion.article,
        "link": f"{settings.SITE_URL}{address}",
    }
    return letter("forum/email/flag_decided", flag.address, context)


def statement(action: "ModerationAction") -> EmailMessage:
    """The reasons of a decision, with the words it is about."""
    context = {"action": action, "occasion": action.occasion, "link": _statement_link(action)}
    return letter("forum/email/statement", str(getattr(action.person, "email", "")), context)


def objection_made(objection: "Objection", moderator: "User") -> EmailMessage:
    """Tell a moderator that an objection waits. What it says stays on
    the page, behind the sign-in.
    """
    link = f"{settings.SITE_URL}{reverse('objection', args=[objection.pk])}"
    return letter(
        "forum/email/objection_made", moderator.email, {"objection": objection, "link": link}
    )


def illegal_content_reported(flag: "Flag", moderator: "User") -> EmailMessage:
    """Tell a moderator that illegal content was reported. What
    was said stays on the page, behind the sign-in.
    """
    case = flag.comment.cases.filter(decided_at=None).first()
    address = reverse("case", args=[case.pk]) if case else reverse("queue")
    context = {
        "flag": flag,
        "article": flag.comment.discussion.article,
        "link": f"{settings.SITE_URL}{address}",
    }
    return letter("forum/email/illegal_content_reported", moderator.email, context)


def receipt(flag: "Flag") -> EmailMessage:
    """Confirm a report of illegal content to its sender."""
    article = flag.comment.discussion.article
    path = reverse("flags") if flag.person_id else flag.comment.get_absolute_url()
    link = f"{settings.SITE_URL}{path}"
    return letter(
        "forum/email/receipt", flag.address, {"flag": flag, "article": article, "link": link}
    )


def answer_to_objection(objection: "Objection") -> EmailMessage:
    context = {
        "objection": objection,
        "action": objection.action,
        "link": _statement_link(objection.action),
    }
    return letter("forum/email/objection_answer", objection.person.email, context)


def _statement_link(action: "ModerationAction") -> str:
    return f"{settings.SITE_URL}{reverse('statement', args=[action.pk])}"
