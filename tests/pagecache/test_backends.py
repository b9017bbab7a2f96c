"""The cache on a server that hangs or is gone."""

import signal
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest

from config.environment import REDIS_OPTIONS
from pagecache import breaker
from pagecache.backends import RedisCache
from pagecache.versions.redis import VersionServer

pytestmark = pytest.mark.process

QUICK = 0.02  # seconds
TIMEOUT = REDIS_OPTIONS["socket_timeout"]

USES: dict[str, tuple[Callable[[RedisCache], Any], Any]] = {
    "get": (lambda cache: cache.get("a", "made anew"), "made anew"),
    "get_many": (lambda cache: cache.get_many(["a", "b"]), {}),
    "get_or_set": (lambda cache: cache.get_or_set("a", lambda: "made anew"), "made anew"),
    "set": (lambda cache: cache.set("a", 1, 30), None),
    "set_many": (lambda cache: cache.set_many({"a": 1}), ["a"]),
    "add": (lambda cache: cache.add("a", 1), True),
    "delete": (lambda cache: cache.delete("a"), False),
    "has_key": (lambda cache: "a" in cache, False),
    "clear": (lambda cache: cache.clear(), None),
}


@pytest.fixture(autouse=True)
def forget_failures() -> None:
    breaker.breaker_of.cache_clear()


def cache_at(address: str) -> RedisCache:
    return RedisCache(address, {"OPTIONS": REDIS_OPTIONS})


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def test_a_cache_that_answers_is_used(server: str) -> None:
    cache = cache_at(server)
    cache.set("a", [1, 2])
    assert cache.get("a") == [1, 2]


@pytest.mark.parametrize(("use", "answer"), USES.values(), ids=USES)
def test_a_cache_that_is_gone_is_empty(use: Callable[[RedisCache], Any], answer: Any) -> None:
    assert use(cache_at("redis://localhost:1")) == answer


def test_one_use_waits_for_a_server_that_hangs_and_the_others_do_not(
    redis: tuple[str, subprocess.Popen[bytes]],
) -> None:
    address, process = redis
    caches = [cache_at(address) for _ in range(3)]  # each thread has its own
    clock = VersionServer(address, site="http://a", **REDIS_OPTIONS)
    assert [cache.get("a") for cache in caches] == [None] * 3
    process.send_signal(signal.SIGSTOP)
    assert seconds(lambda: caches[0].get("a")) < 2 * TIMEOUT
    assert seconds(lambda: [use(cache) for use, _ in USES.values() for cache in caches]) < QUICK
    with pytest.raises(OSError, match="answer"):
        clock.of(7)


def test_a_server_that_is_back_is_used_again(redis: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, process = redis
    breaker.breaker_of(address)._rest = 0.0
    cache = cache_at(address)
    cache.set("a", 1)
    process.send_signal(signal.SIGSTOP)
    assert cache.get("a") is None
    process.send_signal(signal.SIGCONT)
    assert cache.get("a") == 1


def test_a_value_of_another_release_is_not_read(server: str) -> None:
    cache = cache_at(server)
    cache._cache.get_client().set(cache.make_key("a"), b"\x80\x05cnowhere\nNothing\n.")
    assert cache.get("a", "made anew") == "made anew"


def test_only_one_caller_tries_a_server_that_failed() -> None:
    guard = breaker.Breaker(rest=0.0)
    with pytest.raises(ValueError, match="away"), guard.guard(ValueError):
        raise ValueError("away")
    guard._rest = 60
    with guard.guard(ValueError), pytest.raises(breaker.Away), guard.guard(ValueError):
        pass
    with guard.guard(ValueError):
        pass


def test_who_fails_while_another_is_answered_does_not_speak_for_the_server() -> None:
    guard = breaker.Breaker(rest=60)

    def fail_while_another_is_answered() -> None:
        with guard.guard(ValueError):
            with guard.guard(ValueError):
                pass
            raise ValueError("no room")

    with pytest.raises(ValueError, match="no room"):
        fail_while_another_is_answered()
    with guard.guard(ValueError):
        pass
