"""The counters of limits in the database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from time_machine import TimeMachineFixture

from accounts import counters
from accounts.counters import Rate


@pytest.mark.django_db(transaction=True)
def test_a_counter_is_exact_for_32_at_once() -> None:
    budgets = [
        counters.Budget(Rate("trial", 7, 60), "one"),
        counters.Budget(Rate("trial.network", 20, 60), "net"),
    ]

    def take(_number: int) -> bool:
        try:
            counters.take(*budgets)
        except counters.Spent:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(32) as crowd:
        assert sum(crowd.map(take, range(64))) == 7


@pytest.mark.django_db(transaction=True)
def test_counters_that_are_forgotten_meanwhile_are_counted_anew() -> None:
    """Old counters are deleted while requests come that use them."""
    budget = counters.Budget(Rate("trial", 1000, 60))

    def take(number: int) -> None:
        try:
            counters.clear(budget) if number % 2 else counters.take(budget)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(take, range(200)))


def test_what_is_given_back_can_be_taken_again(db: None) -> None:
    budget = counters.Budget(Rate("trial", 1, 60))
    counters.give_back(counters.take(budget))
    counters.take(budget)
    with pytest.raises(counters.Spent):
        counters.take(budget)


def test_a_spent_budget_takes_nothing_from_the_others(db: None) -> None:
    spent, other = (
        counters.Budget(Rate("trial", 1, 60), "a"),
        counters.Budget(Rate("trial", 1, 60), "b"),
    )
    counters.take(spent)
    with pytest.raises(counters.Spent):
        counters.take(other, spent)
    counters.take(other)


def test_a_clock_that_was_set_back_keeps_nobody_out(
    db: None, time_machine: TimeMachineFixture
) -> None:
    budget = counters.Budget(Rate("trial", 1, 60))
    time_machine.move_to("2026-11-20 12:00")
    counters.take(budget)
    time_machine.move_to("2026-11-20 10:00")
    counters.take(budget)
