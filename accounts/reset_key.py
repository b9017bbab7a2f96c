"""The key in a mailed link. It holds for an hour and once: signing in or a new password makes it another one."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import url_str_to_user_pk, user_pk_to_url_str
from django.db.models import Q
from django.utils import timezone

from accounts.models import User


def make_key(person: User) -> tuple[str, str]:
    return user_pk_to_url_str(person), default_token_generator.make_token(person)


def person_of_key(uid: str, key: str) -> User | None:
    """Whose link this is, as long as it opens anything. Looking spends nothing."""
    try:
        person = User.objects.filter(pk=url_str_to_user_pk(uid), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return person if person and default_token_generator.check_token(person, key) else None


def spend_key(person: User) -> bool:
    """Makes every key of this person worthless. Of two who use one key at once, one is told True."""
    last_login = Q(last_login=person.last_login) if person.last_login else Q(last_login=None)
    unspent = User.objects.filter(last_login, pk=person.pk, password=person.password)
    person.last_login = timezone.now()
    return unspent.update(last_login=person.last_login) == 1
