"""Followers for a drill, in the database of the environment: `python -m drills.crowd …`.

`follow NUMBER DELIVERY SLUG` makes people who follow an article; `unfollow` ends that; `state`
prints what became of their notifications and of the queue, as JSON.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import django

DOMAIN = "example.com"


def follow(number: str, delivery: str, slug: str) -> None:
    from accounts.models import User
    from articles.models import Article
    from forum.models import NotificationSettings, Subscription

    article = Article.objects.get(slug=slug)
    people = [
        User(
            email=f"follower{each}@{DOMAIN}",
            username=f"Follower {each}",
            username_skeleton=f"follower{each}",
        )
        for each in range(int(number))
    ]
    User.objects.bulk_create(people, ignore_conflicts=True)
    keys = User.objects.filter(email__startswith="follower").values_list("pk", flat=True)
    settings = [NotificationSettings(person_id=key, followed=delivery) for key in keys]
    NotificationSettings.objects.bulk_create(settings, ignore_conflicts=True)
    Subscription.objects.bulk_create(Subscription(person_id=key, article=article) for key in keys)


def unfollow() -> None:
    from forum.models import Subscription

    Subscription.objects.all().delete()


def state() -> None:
    from django_tasks_db.models import DBTaskResult

    from forum.models import Notification
    from mail.models import UndeliveredEmail

    told = Notification.objects.filter(person__email__startswith="follower")
    queue = DBTaskResult.objects.exclude(status__in=["SUCCESSFUL", "FAILED"])
    found: dict[str, Any] = {
        "told": list(told.order_by("pk").values_list("pk", flat=True)),
        "emailed": told.filter(emailed_at__isnull=False).count(),
        "due": told.filter(email_due_at__isnull=False).count(),
        "queued": queue.count(),
        "failed": DBTaskResult.objects.failed().count(),
        "undelivered": UndeliveredEmail.objects.count(),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    commands: dict[str, Callable[..., None]] = {
        "follow": follow,
        "unfollow": unfollow,
        "state": state,
    }
    commands[sys.argv[1]](*sys.argv[2:])
