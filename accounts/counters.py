"""Counters that are exact however many requests come at once, on every
worker and both databases.
"""

import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db import models, transaction
from django.utils import timezone


class Rate(NamedTuple):
    """So many in so many seconds; `name` says of what."""

    name: str
    amount: int
    seconds: int


class Budget(NamedTuple):
    """A rate for one subject: an address, a network, a browser; "" for the whole site."""

    rate: Rate
    subject: str = ""

    @property
    def key(self) -> str:
        """A digest, so that the table keeps no addresses."""
        return sha256(f"{self.rate} {self.subject}".encode()).hexdigest()


class Spent(Exception):
    """A budget is used up; `until` is when there is some of it again."""

    def __init__(self, budget: Budget, until: datetime) -> None:
        super().__init__(budget.rate.name)
        self.budget = budget
        self.until = until


class Use(NamedTuple):
    """The budgets that one call of `take` counted."""

    budgets: tuple[Budget, ...]
    at: float


class Counter(models.Model):
    key = models.CharField(max_length=64, primary_key=True)
    times = models.JSONField(default=list)  # of the uses that still count, the oldest first
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key

    def expire(self, rate: Rate, now: float) -> None:
        """Drop what no longer counts, and what only a clock that was set back can have written."""
        self.times = [at for at in self.times if abs(now - at) < rate.seconds]


def take(*budgets: Budget) -> Use:
    """Count one use in each budget, or in none: raise Spent where one is used up."""
    with transaction.atomic():
        rows = _locked(budgets)
        now = time.time()  # not before the lock: in its order
        for budget in budgets:
            row = rows[budget.key]
            row.expire(budget.rate, now)
            if len(row.times) >= budget.rate.amount:
                raise Spent(budget, _moment(row.times[-budget.rate.amount] + budget.rate.seconds))
            row.times.append(now)
        _save(rows, budgets, now)
    return Use(budgets, now)


@transaction.atomic
def give_back(use: Use) -> None:
    """Uncount what was taken: a right guess is not a guess."""
    rows = _locked(use.budgets)
    for row in rows.values():
        if use.at in row.times:
            row.times.remove(use.at)
    _save(rows, use.budgets, time.time())


def is_spent(budget: Budget) -> bool:
    row = Counter.objects.filter(key=budget.key).first()
    if row is None:
        return False
    row.expire(budget.rate, time.time())
    return len(row.times) >= budget.rate.amount


def clear(*budgets: Budget) -> None:
    Counter.objects.filter(key__in=[budget.key for budget in budgets]).delete()


def _locked(budgets: tuple[Budget, ...]) -> dict[str, Counter]:
    """Return the rows of these budgets, nobody else's until the transaction ends."""
    keys = sorted(
        budget.key for budget in budgets
    )  # always in this order: two requests never wait for each other
    rows = [Counter(key=key, expires_at=timezone.now()) for key in keys]
    # An update, also where nothing changes: it locks a row that
    # is there, which could be forgotten meanwhile.
    Counter.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key"], update_fields=["expires_at"]
    )
    return Counter.objects.in_bulk(keys)


def _save(rows: dict[str, Counter], budgets: tuple[Budget, ...], now: float) -> None:
    for budget in budgets:
        rows[budget.key].expires_at = _moment(now + budget.rate.seconds)
    Counter.objects.bulk_update(rows.values(), ["times", "expires_at"])


def forget() -> None:
    """Delete counters whose time is over."""
    old = Counter.objects.filter(expires_at__lt=timezone.now() - timedelta(minutes=1))
    old.delete()


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
