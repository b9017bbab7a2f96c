"""The version clock of a site on several machines: a hash in the Redis or Valkey they share."""

from collections.abc import Callable
from typing import Any

from redis import Redis, RedisError

from pagecache.breaker import breaker_of
from pagecache.versions.clock import EVERYTHING, Versions

# Seconds. A server that takes longer counts as away.
TIMEOUT = 0.25

# A clock that was lost begins with the time in microseconds, which is later than any version of
# the one before; and an article without versions counts as changed when the clock was born. So
# no page from before the loss is valid.
INCREMENT = """
local clock = tonumber(redis.call('HGET', KEYS[1], 'clock'))
if not clock then
  local time = redis.call('TIME')
  clock = time[1] * 1000000 + time[2]
  redis.call('HSET', KEYS[1], 'born', clock, 'clock', clock)
end
if ARGV[1] then
  clock = clock + 1
  redis.call('HSET', KEYS[1], ARGV[1], clock, 'clock', clock)
end
return clock
"""


class VersionServer:
    def __init__(self, address: str, *, site: str) -> None:
        self._redis = Redis.from_url(
            address, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT
        )
        self._increment = self._redis.register_script(INCREMENT)
        self._name = f"stamps {site}"
        self._breaker = breaker_of(address)

    def current(self) -> int:
        return int(self._ask(lambda: self._increment([self._name])))

    def of(self, article: int, *others: int) -> Versions:
        purged = [f"purged {name}" for name in (EVERYTHING, article, *others)]
        names = ["born", f"stale {article}", *purged]
        born, stale, *marks = self._ask(lambda: self._redis.hmget(self._name, names))
        if born is None:
            raise OSError("The clock was lost.")
        return Versions(max(int(mark or born) for mark in marks), int(stale or born))

    def mark(self, article: int, kind: str) -> None:
        try:  # even if the server just failed: a purge must not be lost to a short outage
            self._increment([self._name], [f"{kind} {article}"])
        except RedisError as error:
            raise OSError("The server does not answer.") from error

    def _ask(self, question: Callable[[], Any]) -> Any:
        try:
            with self._breaker.guard(RedisError):
                return question()
        except RedisError as error:
            raise OSError("The server does not answer.") from error
