"""A site that only this machine can reach: `start` supplies what production asks for."""

import os
import sys

from django.conf import settings

from config.environment import NO
from config.serve.address import Address
from config.serve.checks import refuse_unless_writable


def supply(address: Address) -> None:
    """Starts this process anew with what is missing in its environment; returns where nothing is."""
    missing = _missing(address)
    if missing:
        refuse_unless_writable()
        _keep_secret_key()
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | missing)


def _missing(address: Address) -> dict[str, str]:
    # DEBUG=false, said aloud, asks for the rules of production here, too.
    if not address.is_loopback or os.environ.get("DEBUG", "").strip().lower() in NO:
        return {}
    wanted = {
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": f"http://localhost:{address.port}",
    }
    return {name: value for name, value in wanted.items() if not os.environ.get(name)}


def _keep_secret_key() -> None:
    """The next start has the same key, so that people stay signed in."""
    file = settings.DATA_DIR / "secret_key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(settings.SECRET_KEY)
