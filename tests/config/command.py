import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

KEY = "k7#Qz!p2Lw9@vR4xT6^yB8&nM1*cD3(fG5)hJ0-sA_eU+iO=rE"


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The real command in a process of its own, with nothing in its
    environment but what is given.
    """
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": "/nowhere/data", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def production(folder: Path, **changes: str) -> dict[str, str]:
    """The documented environment of a site in production."""
    return {
        "DEBUG": "false",
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": "example.org",
        "SITE_URL": "https://example.org",
        "DATA_DIR": str(folder / "data"),
    } | changes
