"""Reading the body of a request, bounded in time and bytes."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

SECONDS = 30.0  # for the whole body
SLOWEST = 40_000  # bytes a second: a larger body has longer
SMALL = 64 * 1024  # bytes that each connection may have in memory; what is beyond comes out of ROOM
ROOM = 32 * 1024 * 1024  # bytes that the larger bodies of one process may have together


class Refused(Exception):
    """A body that is not taken, and why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class BodyReader:
    """Read the bodies of one process, so that strangers can take
    neither its time nor its memory.
    """

    def __init__(self, *, seconds: float = SECONDS, room: int = ROOM) -> None:
        self._seconds = seconds
        self._room = room

    @asynccontextmanager
    async def read(self, chunks: AsyncIterable[bytes], length: int) -> AsyncIterator[bytes]:
        """Give exactly `length` bytes, which count until the block ends. Raises Refused."""
        taken: list[int] = []
        try:
            seconds = max(self._seconds, length / SLOWEST)
            body = await self._read(chunks, taken, seconds)
            if len(body) != length:  # the connection ended: half a text is not taken for a whole
                raise Refused(HTTPStatus.BAD_REQUEST)
            yield body
        finally:
            self._room += sum(taken)

    async def _read(self, chunks: AsyncIterable[bytes], taken: list[int], seconds: float) -> bytes:
        body = bytearray()
        try:
            async with asyncio.timeout(seconds):
                async for chunk in chunks:
                    body += chunk
                    if len(body) > SMALL:
                        self._take(len(chunk), taken)
        except TimeoutError:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT) from None
        return bytes(body)

    def _take(self, size: int, taken: list[int]) -> None:
        if size > self._room:
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)
        self._room -= size
        taken.append(size)
