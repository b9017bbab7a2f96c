from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.template import Library

from mail.models import UndeliveredEmail

register = Library()


@register.simple_tag
def failing_emails(user: AbstractBaseUser | AnonymousUser) -> int:
    """Return to an administrator how many emails this site cannot send."""
    is_administrator = isinstance(user, PermissionsMixin) and user.is_superuser
    return UndeliveredEmail.objects.failing().count() if is_administrator else 0
