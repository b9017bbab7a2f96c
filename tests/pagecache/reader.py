"""A client of a WSGI application, which calls it as a server does."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.test import RequestFactory

HOST = "localhost:8000"


class Read(NamedTuple):
    status: str
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(
    application: Callable[..., Iterable[bytes]],
    address: str,
    *,
    method: str = "GET",
    **headers: str,
) -> Read:
    """`ask(site, "/help/", cookie="theme=dark")`"""
    said: list[Any] = []
    meta = {f"HTTP_{name.upper()}": value for name, value in {"host": HOST, **headers}.items()}
    environ = RequestFactory().generic(method, address, **meta).environ
    parts = application(environ, lambda *answer: said.extend(answer))
    body = b"".join(parts)
    getattr(parts, "close", lambda: None)()
    return Read(said[0], {name.lower(): value for name, value in said[1]}, body)
