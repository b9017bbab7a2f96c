"""The clock of a site on several machines: a hash on the Redis or Valkey that they share."""

import time
from collections.abc import Callable
from typing import Any

from redis import Redis, RedisError

from pagecache.versions import EVERYTHING, Versions

REST = 1.0  # seconds in which a server that did not answer is not asked

# A clock that was lost begins with the time in microseconds, later than any tick of the one before; and an article
# without a stamp changed when the clock was born. So nothing from before the loss is taken for true.
TICK = """
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
    def __init__(self, address: str, *, site: str, **options: Any) -> None:
        self._redis = Redis.from_url(address, **options)
        self._tick = self._redis.register_script(TICK)
        self._name = f"stamps {site}"
        self._rests_until = 0.0

    def now(self) -> int:
        return int(self._ask(lambda: self._tick([self._name])))

    def of(self, article: int, *others: int) -> Versions:
        purged = [f"purged {name}" for name in (EVERYTHING, article, *others)]
        names = ["born", f"grown {article}", *purged]
        born, grown, *marks = self._ask(lambda: self._redis.hmget(self._name, names))
        if born is None:
            raise OSError("The clock was lost.")
        return Versions(max(int(mark or born) for mark in marks), int(grown or born))

    def mark(self, article: int, kind: str) -> None:
        try:
            self._tick([self._name], [f"{kind} {article}"])
        except RedisError as error:
            raise OSError("The server does not answer.") from error

    def _ask(self, question: Callable[[], Any]) -> Any:
        if time.monotonic() < self._rests_until:
            raise OSError("The server did not answer a moment ago.")
        try:
            return question()
        except RedisError as error:
            self._rests_until = time.monotonic() + REST
            raise OSError("The server does not answer.") from error
