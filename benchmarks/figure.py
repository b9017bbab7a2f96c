from dataclasses import dataclass


@dataclass
class Figure:
    """One measurement, with the one beside it in the same run."""

    database: str
    group: str  # pages, posts, votes, memory, bytes, live
    name: str
    comments: int = 0  # in the discussion
    site: int = 0  # comments on the site
    clients: int = 1
    rate: float = 0.0  # a second, by the clock
    per_cpu: float = 0.0  # a second of the worker's processor time
    database_ms: float = 0.0  # processor time of the database for each
    p50: float = 0.0  # ms
    p99: float = 0.0
    beside: str = ""
    beside_rate: float = 0.0
    beside_per_cpu: float = 0.0
    beside_p99: float = 0.0
    size: int = 0  # bytes
    note: str = ""

    @property
    def ratio(self) -> float:
        """Return the ratio to the one beside it, by processor time if both have one, or else by the
        clock.
        """
        if self.per_cpu and self.beside_per_cpu:
            return self.per_cpu / self.beside_per_cpu
        return self.rate / self.beside_rate if self.beside_rate else 0.0
