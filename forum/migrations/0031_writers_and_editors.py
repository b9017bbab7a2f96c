from typing import Any

from django.db import migrations

ARTICLES = ["add", "change", "delete", "view"]
PERMISSIONS = {
    "Writers": [("articles", "article", "add")],
    "Editors": [
        *(("articles", model, verb) for model in ("article", "topic") for verb in ARTICLES),
        ("forum", "discussion", "change"),
    ],
}


def make_groups(apps: Any, schema_editor: Any) -> None:
    """Make the groups, and their permissions, which Django makes after the last migration only."""
    groups = apps.get_model("auth", "Group").objects
    types = apps.get_model("contenttypes", "ContentType").objects
    permissions = apps.get_model("auth", "Permission").objects
    for name, rights in PERMISSIONS.items():
        group, _ = groups.get_or_create(name=name)
        for app_label, model, verb in rights:
            content_type, _ = types.get_or_create(app_label=app_label, model=model)
            codename = f"{verb}_{model}"
            permission, _ = permissions.get_or_create(
                content_type=content_type,
                codename=codename,
                defaults={"name": f"Can {verb} {model}"},
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0030_discussions_that_close"),
        ("articles", "0009_bylines_and_sources"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
