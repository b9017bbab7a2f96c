"""The threads that answer requests. A request waits for one outside of them, and not for ever."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

QUEUE = 500  # requests that may wait at the same time

Result = TypeVar("Result")


class Busy(Exception):
    """No thread became free in time."""


class Threads:
    def __init__(self, number: int, *, patience: float) -> None:
        self._pool = ThreadPoolExecutor(number)
        self._free = asyncio.Semaphore(number)
        self._patience = patience  # seconds
        self._waiting = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what the work returns. Raises Busy."""
        await self._wait_for_turn()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._free.release()

    async def _wait_for_turn(self) -> None:
        if self._waiting >= QUEUE:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1
