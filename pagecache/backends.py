"""The cache on Redis or Valkey, without which pages are made anew."""

import logging
from collections.abc import Callable
from pickle import PickleError
from typing import Any, TypeVar

from django.core.cache.backends import redis
from redis import RedisError

from pagecache.breaker import Away, breaker_of

log = logging.getLogger(__name__)

# Raised for a value that another release stored (the list is that of the pickle module).
UNREADABLE = (PickleError, AttributeError, EOFError, ImportError, IndexError)

Value = TypeVar("Value")


class RedisCache(redis.RedisCache):
    """Django's cache, empty while its server is away."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._breaker = breaker_of(server)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return self._ask(default, super().get, key, default, version)
        except UNREADABLE:
            return default

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        try:
            return self._ask({}, super().get_many, keys, version)
        except UNREADABLE:
            return {}

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return self._ask(False, super().has_key, key, version)

    def set(self, key: Any, *args: Any, **kwargs: Any) -> None:
        self._ask(None, super().set, key, *args, **kwargs)

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._ask(True, super().add, key, *args, **kwargs)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> list[Any]:
        return self._ask(list(data), super().set_many, data, *args, **kwargs)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask(False, super().delete, key, version)

    def clear(self) -> None:
        self._ask(None, super().clear)

    def _ask(
        self, otherwise: Value, method: Callable[..., Value], *args: Any, **kwargs: Any
    ) -> Value:
        try:
            with self._breaker.guard(RedisError):
                return method(*args, **kwargs)
        except Away:
            return otherwise
        except RedisError as error:
            log.warning("The cache does not answer, pages are made anew: %s", type(error).__name__)
            return otherwise
