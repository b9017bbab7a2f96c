"""One answer at each address, served as the site is: python -m benchmarks.constant PORT FOLDER"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from config.serve.address import Address
from config.serve.gateway import Gateway
from config.serve.server import serve
from config.serve.supervisor import die_with_parent

Said = tuple[str, list[tuple[str, str]], bytes]


def application_for(folder: Path) -> Callable[..., Iterable[bytes]]:
    said: dict[str, Said] = {}

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        status, headers, body = said.get(path) or said.setdefault(
            path, _read(folder / path.strip("/"))
        )
        start_response(status, headers.copy())
        return [body]

    return application


def _read(file: Path) -> Said:
    status, headers = json.loads(file.with_suffix(".json").read_text())
    return (
        status,
        [(name, value) for name, value in headers],
        file.with_suffix(".body").read_bytes(),
    )


def keep(folder: Path, name: str, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
    (folder / f"{name}.body").write_bytes(body)
    (folder / f"{name}.json").write_text(json.dumps([status, headers]))


if __name__ == "__main__":

    def load() -> Any:
        die_with_parent()
        return Gateway(application_for(Path(sys.argv[2])), largest=0)

    serve(Address("127.0.0.1", int(sys.argv[1])), 1, load=load)
