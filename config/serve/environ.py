"""The WSGI environ of a request that has been read whole."""

import sys
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Protocol

Environ = dict[str, Any]


class Headers(Protocol):
    def get(self, key: str, default: str = ...) -> str: ...
    def items(self) -> Iterable[tuple[str, str]]: ...


class Scope(Protocol):
    """The fields of granian.rsgi.Scope that are read here."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    headers: Headers


def environ_of(scope: Scope) -> Environ:
    host, _, port = scope.server.rpartition(":")
    return {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.input": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **_variables(scope.headers),
    }


def _variables(headers: Headers) -> dict[str, str]:
    """Return the headers by their CGI names, and drop names with an underscore.

    CGI knows no difference between X_Forwarded_For and X-Forwarded-For, so the first, which no
    proxy removes, could be taken for the second, which the proxy sets.
    """
    variables: dict[str, str] = {}
    for name, value in headers.items():
        if "_" in name:
            continue
        key = _variable(name)
        separator = "; " if name == "cookie" else ","
        variables[key] = f"{variables[key]}{separator}{value}" if key in variables else value
    return variables


def _variable(name: str) -> str:
    key = name.upper().replace("-", "_")
    return key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"
