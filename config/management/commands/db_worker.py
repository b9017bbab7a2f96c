from typing import Any

from django.db import OperationalError
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from config.serve.checks import refuse_unless_safe
from config.worker import QueueMaintenance


class Command(DatabaseWorker):
    help = "Runs queued tasks, mainly emails. Several workers can run at once."

    def handle(self, **options: Any) -> None:
        refuse_unless_safe()
        maintenance = QueueMaintenance(options["worker_id"])
        maintenance.start()
        try:
            super().handle(**options)
        except OperationalError:
            raise SystemExit("The worker stops: the database does not answer.") from None
