"""Each wrong combination is refused in one line that names the setting."""

import ipaddress
import socket
from pathlib import Path

import pytest

from config.serve.address import Address
from tests.config.command import manage, production

pytestmark = pytest.mark.process

# Refused at the start. Settings that are wrong by themselves: test_settings.py.
REFUSED = [
    ("SECRET_KEY", {"SECRET_KEY": ""}),
    ("SECRET_KEY", {"SECRET_KEY": "abc" * 20}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": ""}),
    ("ALLOWED_HOSTS", {"ALLOWED_HOSTS": "example.com"}),
    ("DEBUG", {"DEBUG": "true"}),
    ("SITE_URL", {"SITE_URL": "http://example.org"}),
    ("DATA_DIR", {"DATA_DIR": "/proc/parley"}),
    ("DATABASE_URL", {"DATABASE_URL": "postgres://parley@127.0.0.1:9/parley"}),
    ("CACHE_URL", {"CACHE_URL": "redis://127.0.0.1:9/0"}),
    ("COMMENT_RATE", {"COMMENT_RATE": "lots"}),
]


@pytest.mark.parametrize(("name", "changes"), REFUSED)
def test_a_wrong_setting_is_refused_in_one_line(
    name: str, changes: dict[str, str], tmp_path: Path
) -> None:
    refused = manage("start", "--bind", "0.0.0.0:8199", **production(tmp_path, **changes))
    assert refused.returncode == 1
    assert refused.stdout == ""
    [line] = refused.stderr.splitlines()
    assert name in line


@pytest.mark.parametrize(
    "command", [["start", "--bind", "127.0.0.1:8199"], ["db_worker", "--batch"]]
)
def test_production_on_a_loopback_address_is_production(command: list[str], tmp_path: Path) -> None:
    refused = manage(*command, **production(tmp_path, SECRET_KEY=""))
    assert refused.returncode == 1
    assert "SECRET_KEY" in refused.stderr


@pytest.mark.parametrize("door", ["wsgi", "asgi"])
def test_other_servers_are_refused_in_the_same_way(door: str, tmp_path: Path) -> None:
    environment = production(tmp_path, ALLOWED_HOSTS="")
    refused = manage("shell", "--command", f"import config.{door}", **environment)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].startswith("Parley does not start. ALLOWED_HOSTS")


def test_a_database_behind_the_code_is_not_served(tmp_path: Path) -> None:
    refused = manage("shell", "--command", "import config.wsgi", **production(tmp_path))
    assert refused.returncode == 1
    assert "migrate" in refused.stderr


def test_an_empty_secret_key_file_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    refused = manage("start", "--bind", "127.0.0.1:8199", DATA_DIR=str(tmp_path))
    assert refused.returncode == 1
    [line] = refused.stderr.splitlines()
    assert line.endswith("secret_key is empty: delete it, and the next start makes a new key.")


def test_a_database_that_is_no_database_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "parley.sqlite3").write_text("no database\n" * 100)
    refused = manage("start", "--bind", "127.0.0.1:8199", DATA_DIR=str(tmp_path))
    assert refused.returncode == 1
    [line] = refused.stderr.splitlines()
    assert "parley.sqlite3 cannot be written to (file is not a database)" in line


def test_a_taken_address_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        refused = manage("start", "--bind", address, DATA_DIR=str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        (
            f"Parley does not start. {address} is taken by another program: choose another address "
            "with --bind."
        )
    ]


def test_a_name_without_an_address_is_said_in_one_line(tmp_path: Path) -> None:
    refused = manage("start", "--bind", "nowhere.invalid:8199", **production(tmp_path))
    assert refused.returncode == 1
    [line] = refused.stderr.splitlines()
    assert "nowhere.invalid:8199 has a name that no address is known for" in line


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_name_is_bound_as_its_address(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    claimed = Address(host, port).claim()
    assert ipaddress.ip_address(claimed.host).is_loopback
    assert claimed.port == port


def test_the_documented_production_environment_passes_the_deployment_check_in_silence(
    tmp_path: Path,
) -> None:
    checked = manage("check", "--deploy", **production(tmp_path))
    assert checked.returncode == 0
    assert "no issues" in checked.stdout
    assert checked.stderr == ""
