"""Requests as bytes, as a browser would send them."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Request:
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""

    @classmethod
    def read(cls, path: str, **headers: str) -> "Request":
        return cls(
            path,
            (
                ("Accept-Encoding", "gzip, br"),
                *((k.replace("_", "-"), v) for k, v in headers.items()),
            ),
        )

    @classmethod
    def form(cls, path: str, *, cookies: str, fields: dict[str, str]) -> "Request":
        kind = "application/x-www-form-urlencoded"
        return cls(path, (("Cookie", cookies), ("Content-Type", kind)), urlencode(fields))

    def to(self, port: int) -> str:
        host = f"localhost:{port}"
        method = "POST" if self.body else "GET"
        lines = [
            f"{method} {self.path} HTTP/1.1",
            f"Host: {host}",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        if self.body:
            lines += [f"Origin: http://{host}", f"Content-Length: {len(self.body)}"]
        return "\r\n".join([*lines, "", self.body])
