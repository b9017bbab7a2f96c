"""A squashed migration makes the same models as the migrations it replaces."""

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState

Key = tuple[str, str]


def models_at(key: Key, loader: MigrationLoader) -> dict[Key, ModelState]:
    models = loader.project_state(key).models
    return {name: model for name, model in models.items() if name[0] == key[0]}


def test_squashed_migrations_lead_to_the_same_models() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    for key in {key for key in loader.replacements if key[0] in {"articles", "forum"}}:
        last = loader.replacements[key].replaces[-1]
        assert models_at(key, loader) == models_at(last, loader)
