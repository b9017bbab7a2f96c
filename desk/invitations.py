"""Accept an invitation, with what each role means in all packages."""

from django.db import transaction

from accounts import invitations
from accounts.invitations import Invitation, InvitedRole
from accounts.models import User
from articles.models import Topic
from forum.people.models.moderator import Moderator


@transaction.atomic
def accept_invitation(invitation: Invitation, *, username: str) -> tuple[User, bool]:
    """Return the person and whether their account is new. Raise ValidationError.

    A moderator of a topic that was deleted meanwhile gets no right.
    """
    person, is_new = invitations.accept(invitation, username=username)
    if invitation.role == InvitedRole.MODERATOR:
        topic = Topic.objects.filter(pk=invitation.topic).first() if invitation.topic else None
        named = Moderator.objects.filter(person=person, topic=topic)
        if (topic or not invitation.topic) and not named.exists():
            Moderator(person=person, topic=topic).save()
    return person, is_new
