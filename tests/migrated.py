"""Databases that are migrated already. They are made once, and used until a migration changes."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

import django
import psycopg

from tests.postgres import Cluster, cluster, postgresql, programs

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "tests"
IS_MIGRATED = "TEST_DATABASE_IS_MIGRATED"  # set for a run of pytest where this is so
NAME = "test_postgres"  # by which Django asks for it


def kept(kind: str) -> Path:
    """Return the path of the migrated database: another one for other migrations, for other code
    that these import, and for other packages.
    """
    migrations = sorted(ROOT.glob("*/migrations/*.py"))
    sources = {*migrations, *(file for each in migrations for file in _imported_by(each))}
    digest = blake2b((ROOT / "uv.lock").read_bytes(), digest_size=8)
    digest.update(f"{django.__version__} {programs()}".encode())
    for file in sorted(sources):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return KEPT / f"{digest.hexdigest()}.{kind}"


@contextmanager
def keep(kind: str) -> Iterator[Path]:
    """Make a file or a folder at the path given, then keep it in the place of older ones."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=KEPT) as folder:
        yield Path(folder, kind)
        for old in KEPT.glob(f"*.{kind}"):
            old.rename(Path(folder, old.name))
        Path(folder, kind).rename(kept(kind))


@contextmanager
def postgresql_migrated() -> Iterator[dict[str, str]]:
    """A server for one run of the tests: what its environment has to name."""
    if "TEST_DATABASE_URL" in os.environ:
        with postgresql() as url:
            yield {"DATABASE_URL": url}
        return
    if not kept("postgresql").exists():
        with keep("postgresql") as folder, cluster() as server:
            _migrate(server)
            server.stop("fast")
            shutil.copytree(server.data, folder)
    with cluster(data=kept("postgresql")) as server:
        yield {"DATABASE_URL": server.url, IS_MIGRATED: "1"}


def _migrate(server: Cluster) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {NAME}")
    with TemporaryDirectory() as folder:
        url = server.url.replace("/postgres?", f"/{NAME}?")
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": folder, "DATABASE_URL": url},
            check=True,
        )


def _imported_by(file: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(file.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            path = ROOT.joinpath(*name.split("."))
            yield from (
                each for each in (path.with_suffix(".py"), path / "__init__.py") if each.is_file()
            )
