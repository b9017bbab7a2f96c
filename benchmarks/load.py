"""Clients that ask as fast as they are answered, in a process of
their own: python -m benchmarks.load < orders

Plain sockets that are kept open. Django, threads and HTTP
libraries would take longer than a kept page does.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.process import pin_to_others

PATIENCE = 20  # seconds without any answer


@dataclass
class Orders:
    port: int
    requests: list[list[str]]  # for each client, one after the other
    seconds: float
    once: bool = False  # no request is sent again
    pace: float = 0.0  # requests a second of each client; 0: as fast as they are answered


@dataclass
class Visitor:
    socket: socket.socket
    requests: list[bytes]
    sent: int = 0
    asked_at: float = 0.0
    due_at: float = 0.0
    waits: bool = False
    answer: bytearray = field(default_factory=bytearray)
    statuses: list[int] = field(default_factory=list)

    def ask(self) -> None:
        self.asked_at = time.perf_counter()
        self.waits = True
        self.socket.sendall(self.requests[self.sent % len(self.requests)])
        self.sent += 1

    def is_answered(self) -> bool:
        """Reads what has come."""
        part = self.socket.recv(1 << 18)
        if not part:
            raise ConnectionError("the server hung up")
        self.answer += part
        head = self.answer.find(b"\r\n\r\n")
        if head < 0 or len(self.answer) < head + 4 + _length(self.answer[:head].lower()):
            return False
        self.statuses.append(int(self.answer[9:12]))
        self.answer.clear()
        self.waits = False
        return True


def _length(head: bytearray) -> int:
    at = head.find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


class Load:
    def __init__(self, orders: Orders) -> None:
        self.orders = orders
        self.selector = selectors.DefaultSelector()
        self.visitors = [self._connected(requests) for requests in orders.requests]
        self.latencies: list[float] = []

    def run(self) -> dict[str, Any]:
        began = time.perf_counter()
        ends = began + self.orders.seconds
        for number, visitor in enumerate(self.visitors):
            visitor.due_at = began + (
                number / len(self.visitors) / self.orders.pace if self.orders.pace else 0
            )
        while time.perf_counter() < ends:
            self._start_those_due(ends)
            self._hear(until=ends)
        while any(visitor.waits for visitor in self.visitors):
            self._hear(until=time.perf_counter() + PATIENCE)
        return self._report(time.perf_counter() - began)

    def _start_those_due(self, ends: float) -> None:
        now = time.perf_counter()
        for visitor in self.visitors:
            spent = self.orders.once and visitor.sent == len(visitor.requests)
            if not visitor.waits and not spent and visitor.due_at <= now < ends:
                visitor.due_at += 1 / self.orders.pace if self.orders.pace else 0
                visitor.ask()

    def _hear(self, until: float) -> None:
        pause = 0.002 if self.orders.pace else max(until - time.perf_counter(), 0)
        for key, _ in self.selector.select(pause):
            visitor: Visitor = key.data
            if visitor.is_answered():
                self.latencies.append(time.perf_counter() - visitor.asked_at)

    def _connected(self, requests: list[str]) -> Visitor:
        connected = socket.create_connection(("127.0.0.1", self.orders.port), timeout=PATIENCE)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        visitor = Visitor(connected, [request.encode() for request in requests])
        self.selector.register(connected, selectors.EVENT_READ, visitor)
        return visitor

    def _report(self, seconds: float) -> dict[str, Any]:
        ordered = sorted(self.latencies)
        statuses = Counter(status for visitor in self.visitors for status in visitor.statuses)
        return {
            "count": len(ordered),
            "seconds": seconds,
            "p50": ordered[len(ordered) // 2] * 1000 if ordered else 0.0,
            "p99": ordered[len(ordered) * 99 // 100] * 1000 if ordered else 0.0,
            "statuses": {str(status): number for status, number in statuses.items()},
            "by_client": [visitor.statuses for visitor in self.visitors]
            if self.orders.once
            else [],
        }


if __name__ == "__main__":
    pin_to_others()
    print(json.dumps(Load(Orders(**json.load(sys.stdin))).run()))  # noqa: T201
