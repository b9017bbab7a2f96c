import errno
import socket
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured

from config.environment import is_loopback

# Addresses that mean all, and the one at which to look for what listens there.
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


class Address(NamedTuple):
    """The address that a server listens on."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "Address":
        host, _, port = text.rpartition(":")
        if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
            raise ImproperlyConfigured(f"--bind must look like 127.0.0.1:8000, not {text!r}.")
        return cls(host.strip("[]"), int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.host)

    @property
    def nearby(self) -> "Address":
        """The same server as it is reached from this machine."""
        return Address(EVERY_ADDRESS.get(self.host, self.host), self.port)

    def claim(self) -> "Address":
        """Return the address in numbers, which the server asks for; refuse one that is not free."""
        try:
            family, kind, protocol, _, address = socket.getaddrinfo(
                self.host, self.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            raise ImproperlyConfigured(
                f"{self} {_reason(error)}: choose another address with --bind."
            ) from None
        return Address(str(address[0]), self.port)


def _reason(error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return "has a name that no address is known for"
    if error.errno == errno.EADDRINUSE:
        return "is taken by another program"
    if error.errno == errno.EACCES:
        return "may be used by the system administrator only"
    return "is not an address of this machine"
