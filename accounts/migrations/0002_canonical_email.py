"""Rewrite addresses whose domain is not in ASCII as DNS has it. They
are few: Django asked for ASCII names in TLDs.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import IntegrityError, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from text.email_addresses import NotAnAddress, canonical_address

NOT_ASCII = r"[^\x01-\x7f]"


def rewrite(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for app, name in (("accounts", "User"), ("account", "EmailAddress")):
        rows = apps.get_model(app, name).objects.filter(email__regex=NOT_ASCII)
        for pk, email in rows.values_list("pk", "email"):
            rewrite_one(rows.model, pk, email)


def rewrite_one(model: Any, pk: int, email: str) -> None:
    """Leave the address as it is where it cannot be mailed,
    or where somebody has the other spelling.
    """
    try:
        with transaction.atomic():
            model.objects.filter(pk=pk).update(email=canonical_address(email))
    except (NotAnAddress, IntegrityError):
        return


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(rewrite, migrations.RunPython.noop)]
