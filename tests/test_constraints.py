"""Constraints and indexes of models exist in the database."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction

from accounts.models import User
from articles.models import Topic
from forum.models import Moderator


def tables() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed and not model._meta.proxy]


@pytest.mark.parametrize("model", tables(), ids=lambda model: model._meta.label)
def test_every_constraint_and_index_of_a_model_is_in_the_database(
    model: type[models.Model], db: None
) -> None:
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, model._meta.db_table)
    named = {each.name for each in [*model._meta.constraints, *model._meta.indexes]}
    unique = {
        tuple(each["columns"])
        for each in there.values()
        if each["columns"] and (each["unique"] or each["primary_key"])
    }
    together = {
        tuple(model._meta.get_field(name).column for name in fields)
        for fields in model._meta.unique_together
    }
    alone = {(field.column,) for field in model._meta.local_concrete_fields if field.unique}
    assert named - there.keys() == set()
    assert alone - unique == set()
    assert together - unique == set()


def test_the_databases_have_all_that_the_models_ask_for() -> None:
    call_command("check", fail_level="WARNING", databases=["default"])


@pytest.mark.parametrize("with_topic", [True, False])
def test_nobody_is_named_moderator_of_the_same_twice(
    with_topic: bool, reader: User, topic: Topic
) -> None:
    where = {"topic": topic if with_topic else None}
    Moderator.objects.create(person=reader, **where)
    with pytest.raises(IntegrityError), transaction.atomic():
        Moderator.objects.create(person=reader, **where)
    Moderator.objects.create(person=reader, topic=None if with_topic else topic)
