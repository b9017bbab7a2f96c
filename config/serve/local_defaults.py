"""Settings that `start` supplies for a site that only this machine can reach."""

import os
import sys

from django.conf import settings

from config.environment import NO
from config.serve.address import Address
from config.serve.checks import refuse_unless_writable


def apply(address: Address) -> None:
    """Start this process anew with the settings that are missing; return if none is missing."""
    missing = _missing(address)
    if missing:
        refuse_unless_writable()
        _keep_secret_key()
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | missing)


def _missing(address: Address) -> dict[str, str]:
    # An explicit DEBUG=false asks for the rules of production on a loopback address, too.
    if not address.is_loopback or os.environ.get("DEBUG", "").strip().lower() in NO:
        return {}
    wanted = {
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "SITE_URL": f"http://localhost:{address.port}",
    }
    return {name: value for name, value in wanted.items() if not os.environ.get(name)}


def _keep_secret_key() -> None:
    """Store the key for the next start, so that people stay signed in."""
    file = settings.DATA_DIR / "secret_key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as opened:
            opened.write(settings.SECRET_KEY)
