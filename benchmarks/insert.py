"""One row and a commit, again and again: what a database does at
best. python -m benchmarks.insert CLIENTS SECONDS
"""

import json
import os
import sqlite3
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.process import pin_to_others
from config.environment import SQLITE_OPTIONS

WORDS = "x" * 400  # as long as a comment with its markup
TABLE = "CREATE TABLE IF NOT EXISTS benchmark_row (id {key}, words text NOT NULL)"


def connect() -> Any:
    url = os.environ["DATABASE_URL"]
    if url:
        return psycopg.connect(url.replace("postgres://", "postgresql://"), autocommit=True)
    file = Path(os.environ["DATA_DIR"], "parley.sqlite3")
    connection = sqlite3.connect(file, isolation_level=None, timeout=20, check_same_thread=False)
    connection.executescript(str(SQLITE_OPTIONS["init_command"]))
    return connection


def insert_until(ends: float) -> int:
    connection, done = connect(), 0
    place = "%s" if os.environ["DATABASE_URL"] else "?"
    statement = f"INSERT INTO benchmark_row (words) VALUES ({place})"  # noqa: S608
    while time.perf_counter() < ends:
        connection.execute(statement, (WORDS,))
        done += 1
    connection.close()
    return done


def main(clients: int, seconds: float) -> None:
    key = "bigserial PRIMARY KEY" if os.environ["DATABASE_URL"] else "integer PRIMARY KEY"
    connect().execute(TABLE.format(key=key))
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        done = sum(pool.map(insert_until, [began + seconds] * clients))
    print(json.dumps({"rate": done / (time.perf_counter() - began)}))  # noqa: T201


if __name__ == "__main__":
    pin_to_others()
    main(int(sys.argv[1]), float(sys.argv[2]))
