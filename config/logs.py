import logging
from contextvars import ContextVar
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="-")


class RequestId(logging.Filter):
    """Puts the number of the request that is being answered on each line
    that is logged meanwhile.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.logs.RequestId"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s"}
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "line"}
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Its lines carry addresses and query strings; config.middleware.RequestLog writes ours.
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        # It repeats the address of an unavailable database; errors of pages are logged anyway.
        "psycopg.pool": {"level": "ERROR"},
    },
}
