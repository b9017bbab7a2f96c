from typing import Final, NamedTuple, Protocol

EVERYTHING: Final = 0  # no article has this key


class Versions(NamedTuple):
    purged: int
    stale: int


class VersionClock(Protocol):
    def current(self) -> int: ...
    def mark(self, article: int, kind: str) -> None: ...
    def of(self, article: int, *others: int) -> Versions: ...
