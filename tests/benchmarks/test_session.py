"""Results of the benchmarks become tables and charts. The drill `benchmarks` runs them all."""

from pathlib import Path

import pytest

from benchmarks.asking import read_wrk
from benchmarks.chart import draw
from benchmarks.figure import Figure
from benchmarks.table import write

ROOT = Path(__file__).resolve().parent.parent.parent
FAST = Figure(
    "sqlite",
    "pages",
    "article",
    comments=100,
    site=200,
    rate=900,
    per_cpu=1000,
    beside_per_cpu=2000,
)
SLOW = Figure(
    "sqlite", "pages", "article", comments=1000, site=200, rate=90, per_cpu=100, beside_per_cpu=2000
)
SAID_BY_WRK = """\
  Latency Distribution
     50%   90.00us
     99%    3.80ms
  1296 requests in 300.02ms, 14.00MB read
  Non-2xx or 3xx responses: 6
"""


def test_a_table_says_what_is_met() -> None:
    table = write([FAST, SLOW], ["On a machine."])
    assert "150 a second of one core: met" in table
    assert "150 a second of one core: **not met**" in table
    assert "10.00 ✗" in table


def test_a_chart_has_a_bar_for_the_most_comments_and_a_stroke_for_the_fewest() -> None:
    chart = draw([FAST, SLOW])
    assert chart.count('fill="#3b82b5"') == 2  # with the one that names the database
    assert chart.count('class="few"') == 1
    assert ">100</text>" in chart.splitlines()[-2]


def test_the_words_of_wrk_are_understood() -> None:
    read = read_wrk(SAID_BY_WRK)
    assert (read["count"], read["p50"], read["p99"]) == (1296, pytest.approx(0.09), 3.8)
    assert read["statuses"] == {"200": 1290, "failed": 6}
