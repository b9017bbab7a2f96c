"""The server of versions hangs or is gone, and requests do not wait for it."""

import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from pagecache import breaker
from pagecache.versions.redis import TIMEOUT, VersionServer

QUICK = 0.02  # seconds


@pytest.fixture(autouse=True)
def forget_failures() -> None:
    breaker.breaker_of.cache_clear()


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def ask(clock: VersionServer) -> None:
    with pytest.raises(OSError, match="answer"):
        clock.of(7)


def asked_until_answered(clock: VersionServer) -> int:
    """Ask as often as readers would: a busy machine may not answer the first of them in time."""
    for _ in range(50):
        with suppress(OSError):
            return clock.current()
    raise AssertionError("The server does not answer any more.")


@pytest.mark.process
def test_one_request_waits_for_a_server_that_hangs_and_the_others_do_not(
    redis: tuple[str, subprocess.Popen[bytes]],
) -> None:
    address, process = redis
    clocks = [VersionServer(address, site="http://a") for _ in range(3)]
    assert all(clock.current() for clock in clocks)
    process.send_signal(signal.SIGSTOP)
    assert seconds(lambda: ask(clocks[0])) < 2 * TIMEOUT
    assert seconds(lambda: [*map(ask, clocks * 9)]) < QUICK


@pytest.mark.process
def test_a_server_that_is_back_is_asked_again(redis: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, process = redis
    breaker.breaker_of(address)._pause = 0.0
    clock = VersionServer(address, site="http://a")
    version = clock.current()
    process.send_signal(signal.SIGSTOP)
    ask(clock)
    process.send_signal(signal.SIGCONT)
    assert asked_until_answered(clock) == version


def test_only_one_caller_tries_a_server_that_failed() -> None:
    guard = breaker.Breaker(pause=0.0)
    with pytest.raises(ValueError, match="away"), guard.guard(ValueError):
        raise ValueError("away")
    guard._pause = 60
    with guard.guard(ValueError), pytest.raises(breaker.Away), guard.guard(ValueError):
        pass
    with guard.guard(ValueError):
        pass


def test_a_failure_while_another_caller_is_answered_does_not_count() -> None:
    guard = breaker.Breaker(pause=60)

    def fail_while_another_is_answered() -> None:
        with guard.guard(ValueError):
            with guard.guard(ValueError):
                pass
            raise ValueError("no room")

    with pytest.raises(ValueError, match="no room"):
        fail_while_another_is_answered()
    with guard.guard(ValueError):
        pass
