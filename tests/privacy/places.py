"""Look for strings in every place in which the site can have them.

Tables, columns and files are found by looking, so a new one is searched as well.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from django.contrib.admin import site as admin_site
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.urls import reverse

Places = dict[str, set[str]]
Get = Callable[[str], bytes]
FILE = "file of the database"
LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
# Leaving signs out; the admin is searched by its lists; to reply shows the comment once more; the
# pages for signing in are the same wherever they lead to.
NOT_OPENED = re.compile(
    r"^/(accounts/logout|accounts/\w+/\?next|admin|static|theme|comments/\d+/(reply|vote))"
)


@dataclass
class Search:
    """A search for strings, with the numbers of what was looked through."""

    strings: list[str]
    found: Places = field(default_factory=lambda: defaultdict(set))
    tables: set[str] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)

    def look_at(self, text: str, place: str) -> None:
        # Word by word, because one pattern for all takes a hundred times as long.
        lowered = text.lower()
        for string in self.strings:
            if string.lower() in lowered:
                self.found[string].add(place)

    def look_into_the_database(self) -> None:
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                names = [column[0] for column in cursor.description]
                self.tables.add(table)
                self.columns |= {f"{table}.{name}" for name in names}
                for row in cursor.fetchall():
                    for name, value in zip(names, row, strict=True):
                        self.look_at(_text(value, name), f"{table}.{name}")

    def look_into_files(self, *folders: Path) -> None:
        for file in {file for folder in folders for file in folder.rglob("*") if file.is_file()}:
            self.files.add(str(file))
            self.look_at(file.name, f"name of {file.parent.name}/")
            for text in _texts(file.read_bytes()):
                self.look_at(text, f"{file.parent.name}/*{file.suffix}")

    def look_into_the_files_of_the_database(self) -> None:
        """Look for what SQLite has left in its file and its journal. PostgreSQL's are not ours."""
        if connection.vendor == "sqlite":
            for file in Path(connection.settings_dict["NAME"]).parent.glob("*.sqlite3*"):
                self.files.add(str(file))
                self.look_at(file.read_bytes().decode(errors="replace"), FILE)

    def look_at_pages(self, who: str, get: Get, start: Iterable[str]) -> None:
        """Open every page that links lead to."""
        waiting, seen = [*start], {*start}
        while waiting:
            address = waiting.pop()
            content = get(address)
            self.pages.add(f"{who} {address}")
            for text in _texts(content):
                self.look_at(text, f"page {address} for {who}")
            for link in LINK.findall(content.decode(errors="replace").replace("&amp;", "&")):
                if link not in seen and not NOT_OPENED.match(link):
                    seen.add(link)
                    waiting.append(link)


def admin_pages() -> list[str]:
    return [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin_site._registry
    ]


def _text(value: Any, column: str) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode(errors="replace")
    if column == "session_data":
        return json.dumps(SessionStore().decode(value), ensure_ascii=False)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    text = str(value)
    try:  # SQLite stores JSON as text, with other letters than ASCII written as \uXXXX
        return json.dumps(json.loads(text), ensure_ascii=False) if text[:1] in "{[" else text
    except ValueError:
        return text


def _texts(content: bytes) -> Iterator[str]:
    """Yield what a file says: as it is, in an archive, and in the parts of an email."""
    yield content.decode(errors="replace")
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from _texts(archive.read(name))
    if b"Message-ID:" in content:
        message = message_from_bytes(content, policy=policy.default)
        yield " ".join(str(value) for value in message.values())
        for part in message.walk():
            if part.get_content_maintype() == "text":
                yield str(part.get_content())
