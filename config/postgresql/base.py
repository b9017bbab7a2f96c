from typing import Any

import psycopg
from django.db.backends.postgresql import base

from pagecache.breaker import Away, breaker_of


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: Any) -> Any:
        address = f"{self.settings_dict['HOST']}:{self.settings_dict['PORT']}"
        try:
            with breaker_of(address).guard(psycopg.OperationalError):
                return super().get_new_connection(conn_params)
        except Away as error:
            raise psycopg.OperationalError(str(error)) from None
