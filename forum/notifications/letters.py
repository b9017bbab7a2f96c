from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.reading import reads_in
from mail.letters import letter

if TYPE_CHECKING:
    from accounts.models import Proof, User
    from forum.discussion.models.draft import Draft
    from forum.flags.models.flag import Flag
    from forum.log.models.action import ModerationAction
    from forum.moderation.models.objection import Objection


def draft_code(draft: "Draft", proof: "Proof", language: str = "") -> EmailMessage:
    """Build the email with the code that signs in and posts.

    It leaves out the comment, because the address may not be the writer's.
    """
    link = f"{settings.SITE_URL}{draft.get_absolute_url()}?{urlencode({'link': proof.token})}"
    context = {"article": draft.article, "code": proof.code, "link": link}
    reader = reads_in(proof.person, language)
    message = letter("forum/notifications/draft_code", proof.email, context, **reader)
    message.extra_headers["Message-ID"] = proof.message_id
    return message


def flag_decided(flag: "Flag") -> EmailMessage:
    """Build the email with the outcome of a flag.

    It quotes neither comment nor note, because the address may be anybody's.
    """
    comment = flag.comment
    # Signed-out readers have no page of their own.
    address = reverse("flags") if flag.person_id else comment.get_absolute_url()
    context = {
        "flag": flag,
        "article": comment.discussion.article,
        "link": f"{settings.SITE_URL}{address}",
    }
    reader = reads_in(flag.person)
    return letter("forum/notifications/flag_decided", flag.address, context, **reader)


def statement(action: "ModerationAction") -> EmailMessage:
    """Build the email with the reasons of a decision and the text it is about."""
    context = {"action": action, "occasion": action.occasion, "link": _statement_link(action)}
    email = str(getattr(action.person, "email", ""))
    return letter("forum/notifications/statement", email, context, **reads_in(action.person))


def objection_made(objection: "Objection", moderator: "User") -> EmailMessage:
    """Build the email to a moderator about an objection. Its text stays behind the sign-in."""
    link = f"{settings.SITE_URL}{reverse('objection', args=[objection.pk])}"
    return letter(
        "forum/notifications/objection_made",
        moderator.email,
        {"objection": objection, "link": link},
        **reads_in(moderator),
    )


def illegal_content_reported(flag: "Flag", moderator: "User") -> EmailMessage:
    """Build the email to a moderator about a report of illegal content. Its text stays behind
    the sign-in.
    """
    case = flag.comment.cases.filter(decided_at=None).first()
    address = reverse("case", args=[case.pk]) if case else reverse("queue")
    context = {
        "flag": flag,
        "article": flag.comment.discussion.article,
        "link": f"{settings.SITE_URL}{address}",
    }
    template = "forum/notifications/illegal_content_reported"
    return letter(template, moderator.email, context, **reads_in(moderator))


def receipt(flag: "Flag", language: str = "") -> EmailMessage:
    """Build the receipt of a report of illegal content."""
    article = flag.comment.discussion.article
    path = reverse("flags") if flag.person_id else flag.comment.get_absolute_url()
    link = f"{settings.SITE_URL}{path}"
    return letter(
        "forum/notifications/receipt",
        flag.address,
        {"flag": flag, "article": article, "link": link},
        **reads_in(flag.person, language),
    )


def answer_to_objection(objection: "Objection") -> EmailMessage:
    context = {
        "objection": objection,
        "action": objection.action,
        "link": _statement_link(objection.action),
    }
    person = objection.person
    template = "forum/notifications/objection_answer"
    return letter(template, person.email, context, **reads_in(person))


def _statement_link(action: "ModerationAction") -> str:
    return f"{settings.SITE_URL}{reverse('statement', args=[action.pk])}"
