from typing import Any

from django.core.management.base import BaseCommand

from forum.screening.models.lesson import Lesson


class Command(BaseCommand):
    help = (
        "Learns from the moderators' decisions what spam looks like here. It also happens by "
        "itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        lesson = Lesson.objects.learn()
        if lesson is None:
            self.stdout.write(
                "Too few comments were removed as spam, or let stand, to learn from: ten of each "
                "are needed."
            )
            return
        self.stdout.write(
            f"Learnt from {lesson.comments} comments; {len(lesson.weights)} weights are kept."
        )
