"""Fiscal years of any first month: against fiscalyear 0.4.0 (PyPI), and what governments print."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.readings import Window, fiscal_half, fiscal_months, fiscal_quarter, fiscal_year

# fiscalyear 0.4.0: fiscal_calendar(start_year, start_month), FiscalYear(y), FiscalQuarter(y, 2), FiscalMonth(y, 5).
FISCALYEAR = [
    ("10-01", "end", 2020, "2019-10-01", "2020-09-30", "2020-01-01", "2020-03-31", "2020-02-01"),
    ("10-01", "end", 2022, "2021-10-01", "2022-09-30", "2022-01-01", "2022-03-31", "2022-02-01"),
    ("04-01", "start", 2020, "2020-04-01", "2021-03-31", "2020-07-01", "2020-09-30", "2020-08-01"),
    ("04-01", "start", 2022, "2022-04-01", "2023-03-31", "2022-07-01", "2022-09-30", "2022-08-01"),
    ("07-01", "end", 2020, "2019-07-01", "2020-06-30", "2019-10-01", "2019-12-31", "2019-11-01"),
    ("07-01", "end", 2022, "2021-07-01", "2022-06-30", "2021-10-01", "2021-12-31", "2021-11-01"),
]


def window(start: str, end: str) -> Window:
    return Window(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(("start", "named", "number", "first", "last", "q2", "q2_end", "month5"), FISCALYEAR)
def test_years_quarters_and_months_are_those_of_another_program(
    start: str, named: Any, number: int, first: str, last: str, q2: str, q2_end: str, month5: str
) -> None:
    assert fiscal_year(number, start=start, named=named) == window(first, last)
    assert fiscal_quarter(number, 2, start=start, named=named) == window(q2, q2_end)
    assert fiscal_months(number, 5, 5, start=start, named=named).start == date.fromisoformat(month5)


@pytest.mark.parametrize(
    ("jurisdiction", "number", "start", "end"),
    [
        ("AU", 2022, "2021-07-01", "2022-06-30"),
        ("NZ", 2022, "2021-07-01", "2022-06-30"),
        ("IN", 2022, "2021-04-01", "2022-03-31"),
        ("CA", 2022, "2022-04-01", "2023-03-31"),
        ("HK", 2022, "2022-04-01", "2023-03-31"),
        ("SG", 2022, "2022-04-01", "2023-03-31"),
        ("JP", 2022, "2022-04-01", "2023-03-31"),
        ("GB", 2022, "2022-04-01", "2023-03-31"),
        ("US", 2022, "2021-10-01", "2022-09-30"),
    ],
)
def test_years_by_jurisdiction(jurisdiction: str, number: int, start: str, end: str) -> None:
    assert fiscal_year(number, jurisdiction) == window(start, end)


@given(st.integers(1990, 2030), st.integers(1, 12), st.integers(1, 28), st.sampled_from(["start", "end"]))
def test_parts_make_up_the_year(number: int, month: int, day: int, named: Any) -> None:
    start = f"{month:02}-{day:02}"
    whole = fiscal_year(number, start=start, named=named)
    parts = [
        [fiscal_half(number, half, start=start, named=named) for half in (1, 2)],
        [fiscal_quarter(number, quarter, start=start, named=named) for quarter in (1, 2, 3, 4)],
        [fiscal_months(number, one, one, start=start, named=named) for one in range(1, 13)],
    ]
    for some in parts:
        assert (some[0].start, some[-1].end) == (whole.start, whole.end)
        assert sum(one.days for one in some) == whole.days in (365, 366)
        for one, after in pairwise(some):
            assert after.start == one.end + timedelta(days=1)
    named_by = whole.start if named == "start" else whole.end
    assert named_by.year == number


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"number": 2022}, "either the jurisdiction or the start"),
        ({"number": 2022, "jurisdiction": "US", "start": "04-01"}, "either the jurisdiction or the start"),
        ({"number": 2022, "start": "4-1"}, "start '4-1' is no first day"),
        ({"number": 2022, "start": "02-30"}, "is no first day"),
        ({"number": 2022, "start": "13-01"}, "is no first day"),
        ({"number": 2022, "jurisdiction": "CN"}, "use one of AU, CA, GB"),
        ({"number": 9999, "start": "04-01"}, "outside the calendar"),
        ({"number": 2022, "start": "04-01", "named": "middle"}, "named must be"),
    ],
)
def test_what_is_no_fiscal_year_is_a_sentence(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        fiscal_year(**arguments)


def test_what_are_no_months_quarters_or_halves() -> None:
    for first, last in ((0, 3), (4, 3), (1, 13)):
        with pytest.raises(InputError, match="no months of a year"):
            fiscal_months(2022, first, last, "US")
    with pytest.raises(InputError, match="quarter must be one of 1, 2, 3, 4"):
        fiscal_quarter(2022, 5, "US")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="half must be one of 1, 2"):
        fiscal_half(2022, 0, "US")  # type: ignore[arg-type]
