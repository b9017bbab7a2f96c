"""Make the accounts of people who sign up, whichever door they take."""

from django.db import transaction
from django.utils.translation import get_language

from accounts.models import User
from accounts.signup_rules import demand_sign_up
from accounts.terms import record_acceptance
from pagecache.language import offers_several


@transaction.atomic
def join(*, email: str, username: str, password_hash: str = "", is_invited: bool = False) -> User:
    """Create a person with a verified address, who may sign in by codes alone, in the language
    of the page on which they do it.

    Raise ValidationError where they may not sign up, or the name is not allowed; IntegrityError
    where it is taken.
    """
    if not is_invited:
        demand_sign_up(email)
    language = get_language() or "" if offers_several() else ""
    user = User.objects.create_user(email=email, username=username, language=language)
    if password_hash:
        user.password = password_hash
        user.save(update_fields=["password"])
    user.confirm_email()
    record_acceptance(user)
    return user
