"""Delete rows with all that refers to them, set by set."""

from typing import Any

from django.db.models import SET_NULL, QuerySet


def delete_rows(rows: QuerySet[Any]) -> None:
    """Delete rows with whatever refers to them; references that may be empty are emptied.

    Django's own way reads the rows first and follows chains of rows of one table by
    recursion. This takes a few statements for each table, whatever the number of rows and the
    depth of the chains. Rows of one table that refer to each other have to be among `rows`:
    the database checks it at the end of the transaction.
    """
    rows = rows.order_by()
    for relation in rows.model._meta.related_objects:
        model, field = relation.related_model, relation.field
        if model is rows.model:
            continue
        referring = model._base_manager.filter(**{f"{field.name}__in": rows.values("pk")})
        if relation.on_delete is SET_NULL:
            referring.update(**{field.name: None})
        else:
            delete_rows(referring)
    rows._raw_delete(rows.db)
