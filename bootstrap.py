"""Makes the environment that manage.py runs in, and keeps it in step with uv.lock.

Only Python's own library is used here, and only words that Python 3.6 understands: the one clear
line about an old Python has to be readable for it. An environment that was made by somebody else
(uv run, an image, a virtual environment of one's own) is used as it is and never changed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MARKER = VENV / "made-by-bootstrap"


def enter_environment():
    """Returns in an environment that has what the command needs;
    starts the command anew where this one has not.
    """
    if sys.version_info < (3, 11):
        sys.exit("Parley needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    inside = Path(sys.prefix) == VENV
    ours = MARKER.exists() or not VENV.exists()
    if (not ours) if inside else find_spec("django"):
        return
    changed = ours and bring_up_to_date()
    if changed or not inside:
        os.execv(str(PYTHON), [str(PYTHON), *sys.argv])


def bring_up_to_date():
    """Install what uv.lock names, and return whether anything was missing."""
    made = MARKER.read_text().split() if MARKER.exists() else []
    lock = hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest()
    groups = ["test"] if {"test", "drill"} & {*sys.argv[1:2], *made} else []
    if made == [lock, *groups]:
        return False
    uv = find_uv()
    if not uv and not find_spec("ensurepip"):
        sys.exit(
            "Python's venv module is missing: run apt install python3-venv, then this command "
            "again."
        )
    print("Installing what uv.lock names into .venv ...", file=sys.stderr, flush=True)
    VENV.mkdir(exist_ok=True)
    MARKER.write_text(" ".join(["unfinished", *groups]))
    uv = uv or fetch_uv()
    if not PYTHON.exists():
        run(uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(VENV))
    chosen = [word for group in groups for word in ("--group", group)]
    run(uv, "sync", "--quiet", "--frozen", "--inexact", "--no-default-groups", *chosen)
    MARKER.write_text(" ".join([lock, *groups]))
    return True


def find_uv():
    """A uv that runs: one on the PATH may be the stand-in of a version manager that has none."""
    places = [
        shutil.which("uv"),
        str(VENV / "bin" / "uv"),
        str(Path.home() / ".local" / "bin" / "uv"),
    ]
    for place in places:
        if place and Path(place).exists() and subprocess.call([place, "--version"], **SILENT) == 0:
            return place
    return None


def fetch_uv():
    run(sys.executable, "-m", "venv", str(VENV))
    run(str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv")
    return str(VENV / "bin" / "uv")


def run(*command):
    # An environment that happens to be active is not the one meant here.
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    if subprocess.call(
        command, cwd=str(ROOT), env=dict(environment, UV_PROJECT_ENVIRONMENT=str(VENV))
    ):
        sys.exit("The environment could not be made; the lines above say why.")


SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
