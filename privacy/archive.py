"""Write everything about a person into a ZIP file: JSON lines, and a page to read."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from privacy import readable
from privacy.records import UPLOADS, Records, Row, records_of, upload_name
from publication.current import current

VERSION = 1


class Archive:
    """A ZIP file that is being written, with the digest of each file in it."""

    def __init__(self, file: ZipFile) -> None:
        self._file = file
        self.digests: dict[str, str] = {}

    def add(self, name: str, parts: Iterable[bytes]) -> None:
        digest = sha256()
        with self._file.open(name, "w", force_zip64=True) as entry:
            for part in parts:
                digest.update(part)
                entry.write(part)
        self.digests[name] = digest.hexdigest()


def write(person: User, path: Path) -> None:
    """Write the archive of a person beside the path, then move it there: what is there is whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.touch(mode=0o600)
    with ZipFile(unfinished, "w", ZIP_DEFLATED) as file, override(settings.LANGUAGE_CODE):
        _fill(Archive(file), person)
    unfinished.replace(path)


def _fill(archive: Archive, person: User) -> None:
    made_at, tables = timezone.now(), records_of(person)
    for table in tables:
        _add_lines(archive, table)
        _add_uploads(archive, table)
    context = {"person": person, "made_at": made_at, "site_name": current().name}
    archive.add("index.html", (part.encode() for part in readable.page(tables, context)))
    about = {"version": VERSION, "site": settings.SITE_URL, "made_at": made_at}
    manifest = json.dumps({**about, "sha256": archive.digests}, indent=1, default=_plain)
    archive.add("manifest.json", [manifest.encode()])


def _add_lines(archive: Archive, table: Records) -> None:
    """Add a table as JSON lines; nothing for an empty one."""
    lines = (_line(row).encode() for row in table)
    if first := next(lines, b""):
        archive.add(f"{table.name}.jsonl", chain([first], lines))


def _add_uploads(archive: Archive, table: Records) -> None:
    columns = [column for column in table.columns if isinstance(column, UPLOADS)]
    for row in table.rows() if columns else ():
        for column in columns:
            if name := upload_name(column, row):
                archive.add(name, _content(getattr(row, column.name)))


def _content(upload: Any) -> Iterator[bytes]:
    if not isinstance(upload, FieldFile):
        yield bytes(upload)
        return
    with upload.open("rb") as content:
        yield from content.chunks()


def _line(row: Row) -> str:
    """Return a row without spaces, nothing escaped, times in UTC."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return str(value)
