"""Django's makemessages, for a catalogue that several people change at once.

It reads the Jinja2 templates of comments, too, and writes neither places nor dates, which would
differ in each branch.
"""

import re
from pathlib import Path
from typing import Any

from django.core.management.commands import makemessages
from jinja2 import Environment

JINJA_TEMPLATES = "/rendered_comment/"
# Functions of forum.discussion.rendering.translations, as xgettext knows them.
FUNCTIONS = {
    name: name.removesuffix("_html")
    for name in ("gettext", "ngettext", "gettext_html", "ngettext_html")
}
IGNORED = [".venv/*", "node_modules/*", "tests/*", "benchmarks/*", "drills/*", "docs/*"]
DATE = re.compile(r'^"POT-Creation-Date: .*\n', re.MULTILINE)


class BuildFile(makemessages.BuildFile):
    def preprocess(self) -> None:
        super().preprocess()
        if JINJA_TEMPLATES in self.path:
            Path(self.work_path).write_text(calls_in(Path(self.path).read_text()))


class Command(makemessages.Command):
    build_file_class = BuildFile

    def handle(self, *args: Any, **options: Any) -> None:
        options["ignore_patterns"] = [*options["ignore_patterns"], *IGNORED]
        options["no_location"] = options["no_obsolete"] = True
        super().handle(*args, **options)

    def write_po_file(self, potfile: str, locale: str) -> None:
        super().write_po_file(potfile, locale)
        file = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        file.write_text(DATE.sub("", file.read_text()))


def calls_in(template: str) -> str:
    """Return the calls of gettext in a Jinja2 template as Python."""
    environment = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    found = environment.extract_translations(  # type: ignore[attr-defined]
        template, tuple(FUNCTIONS)
    )
    lines = []
    for _, name, strings in found:
        texts = [strings] if isinstance(strings, str) else [text for text in strings if text]
        lines.append(f"{FUNCTIONS[name]}({', '.join(map(repr, texts))})")
    return "\n".join(lines)
