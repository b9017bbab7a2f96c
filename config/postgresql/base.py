from typing import Any

import psycopg
from django.db.backends.postgresql import base

from config.postgresql.connection import Connection
from pagecache.breaker import Away, breaker_of


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: Any) -> Any:
        address = f"{self.settings_dict['HOST']}:{self.settings_dict['PORT']}"
        try:
            with breaker_of(address).guard(psycopg.OperationalError):
                return super().get_new_connection(conn_params)
        except Away as error:
            raise psycopg.OperationalError(str(error)) from None

    def _configure_connection(self, connection: Any) -> Any:
        if isinstance(connection, Connection):  # and not one past the pool, as tests have
            connection.set_timeout()
        return super()._configure_connection(connection)  # type: ignore[misc]
