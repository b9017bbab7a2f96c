import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from text.markdown import render_comment


class Command(BaseCommand):
    help = (
        'Reads JSON lines {"body": …} and writes {"html": …} for each, '
        "as a posted comment would be rendered."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for number, line in enumerate(sys.stdin, start=1):
            if line.strip():
                self.stdout.write(json.dumps({"html": render_comment(_body(number, line))}))


def _body(number: int, line: str) -> str:
    try:
        return str(json.loads(line)["body"])
    except (ValueError, KeyError, TypeError) as error:
        raise CommandError(f'Line {number}: expected a JSON object with a "body".') from error
