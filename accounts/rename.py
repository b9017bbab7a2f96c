from django.db import transaction

from accounts.limits import count_name
from accounts.models import User


@transaction.atomic
def rename(person: User, name: str) -> None:
    """Give somebody the name they chose. Raise ValidationError if they do so too often, and
    IntegrityError if somebody else has the name, or had it (accounts.former_names).
    """
    row = User.objects.get_queryset().select_for_update().get(pk=person.pk)
    if name == row.username:
        return
    count_name(row)
    row.username = name
    row.save(update_fields=["username", "username_skeleton"])
