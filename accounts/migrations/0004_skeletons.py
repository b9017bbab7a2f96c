"""Compute what names look like anew. Two people whose names
look alike now both stay, the later one marked.
"""

from django.apps.registry import Apps
from django.db import IntegrityError, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.names import skeleton, twin_of


def renew(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    people = apps.get_model("accounts", "User").objects
    rows = people.order_by("pk").values_list("pk", "username", "username_skeleton")
    changed = [
        (pk, skeleton(name)) for pk, name, old in rows.iterator(2000) if skeleton(name) != old
    ]
    for pk, likeness in changed:
        try:
            with transaction.atomic():
                people.filter(pk=pk).update(username_skeleton=likeness)
        except IntegrityError:
            people.filter(pk=pk).update(username_skeleton=twin_of(likeness, pk))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_proofs_and_counters")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
