from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.template import Library

from mail.models import UndeliveredEmail

register = Library()


@register.simple_tag
def failing_emails(user: AbstractBaseUser | AnonymousUser) -> int:
    """Return how many emails this site cannot send, to who may do something about it."""
    may = isinstance(user, PermissionsMixin) and user.has_perm("mail.change_undeliveredemail")
    return UndeliveredEmail.objects.failing().count() if may else 0
