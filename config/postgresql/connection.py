"""A connection to PostgreSQL that does not wait for ever for a server that hangs."""

from typing import Any

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus

from config.postgresql import Statements

# The server ends what takes too long. Where it hangs, the page gives up so many seconds later.
GRACE = 2.0
# Seconds within which a connection of the pool has to say that it works.
CHECK = 1.0


class Connection(psycopg.Connection[Any]):
    checking = False
    has_timeout = False

    def wait(self, gen: PQGen[Any], interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, timeout or self._patience())
        except psycopg.OperationalError:
            if self.info.transaction_status == TransactionStatus.ACTIVE:
                self.close()  # an answer that still comes is not for whoever would use it next
            raise

    def execute(self, *args: Any, **kwargs: Any) -> "psycopg.Cursor[Any]":
        """Ask what is answered at once: the pool does, to see
        that the server is there. Django uses cursors.
        """
        self.checking = True
        try:
            return super().execute(*args, **kwargs)
        finally:
            self.checking = False

    def set_timeout(self) -> None:
        """Have the server end what takes too long; said once for each connection."""
        if Statements.patience and not self.has_timeout:
            self.execute(f"SET statement_timeout = {int(Statements.patience * 1000)}")
            self.has_timeout = True

    def _patience(self) -> float | None:
        if self.checking:
            return CHECK
        return Statements.patience and Statements.patience + GRACE
