"""Windows: days, overlap, nesting, fiscal years and kinds."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.readings import Window, fiscal_year, kind_of, nested_pairs, year

dates = st.dates(date(1990, 1, 1), date(2030, 12, 31))
windows = st.tuples(dates, dates).map(lambda pair: Window(*sorted(pair)))


def window(start: str, end: str) -> Window:
    return Window(date.fromisoformat(start), date.fromisoformat(end))


def test_both_ends_are_included() -> None:
    assert window("2020-05-01", "2020-05-01").days == 1
    assert year(2020).days == 366
    assert year(2021) == window("2021-01-01", "2021-12-31")


def test_fiscal_years() -> None:
    assert fiscal_year(2019, "US") == window("2018-10-01", "2019-09-30")
    assert fiscal_year(2019, "JP") == window("2019-04-01", "2020-03-31")
    assert fiscal_year(2019, "GB") == fiscal_year(2019, "UK") == window("2019-04-01", "2020-03-31")
    assert fiscal_year(2020, "US").days == 366


def test_overlap_and_nesting() -> None:
    may_june, since_may = window("2020-05-01", "2020-06-30"), window("2020-05-01", "2020-11-09")
    assert may_june.overlap(since_may) == 61 == may_june.days
    assert since_may.contains(may_june)
    assert not may_june.contains(since_may)
    assert may_june.overlap(window("2020-06-30", "2020-07-31")) == 1
    assert may_june.overlap(window("2020-07-01", "2020-07-31")) == 0
    assert year(2020).overlap(fiscal_year(2020, "US")) == 274


@given(windows, windows)
def test_overlap_counts_shared_days(one: Window, other: Window) -> None:
    shared = one.overlap(other)
    assert shared == other.overlap(one)
    assert 0 <= shared <= min(one.days, other.days)
    assert one.contains(other) == (shared == other.days)
    assert one.overlap(one) == one.days


@given(dates, st.integers(0, 400))
def test_days_match_the_calendar(start: date, length: int) -> None:
    assert Window(start, start + timedelta(days=length)).days == length + 1


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        ("2020-01-01", "2020-12-31", "year"),
        ("2018-10-01", "2019-09-30", "fiscal_year"),
        ("2019-04-01", "2020-03-31", "fiscal_year"),
        ("2020-01-01", "2020-06-30", "half"),
        ("2020-07-01", "2020-12-31", "half"),
        ("2020-04-01", "2020-06-30", "quarter"),
        ("2020-02-01", "2020-02-29", "month"),
        ("2021-02-01", "2021-02-28", "month"),
        ("2020-01-01", "2020-11-30", "year_to_date"),
        ("2020-01-01", "2020-11-09", "year_to_date"),
        ("2020-05-01", "2020-11-09", "other"),
        ("2020-05-01", "2020-07-31", "other"),
        ("2020-07-01", "2021-06-30", "other"),
        ("2013-01-01", "2017-12-31", "multi_year"),
        ("2020-05-09", "2020-05-09", "other"),
    ],
)
def test_kinds(start: str, end: str, kind: str) -> None:
    assert kind_of(window(start, end)) == window(start, end).kind == kind


def test_bad_input() -> None:
    with pytest.raises(InputError, match="starts on 2021-01-01, after its end 2020-01-01"):
        window("2021-01-01", "2020-01-01")
    with pytest.raises(InputError, match="must be a date"):
        Window("2020-01-01", date(2020, 1, 2))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="must be a date"):
        Window(datetime(2020, 1, 1), date(2020, 1, 2))
    with pytest.raises(
        InputError,
        match="no fiscal year is known for 'CN': use one of AU, CA, GB, HK, IN, JP, KE, NZ, SG, UK, US",
    ):
        fiscal_year(2019, "CN")
    for wrong in ("2019", 2019.5, 0, True):
        with pytest.raises(InputError, match=r"number .*(is not a year|whole number)"):
            year(wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="outside the calendar"):
        fiscal_year(1, "US")


def frame_of(rows: list[tuple[str, str | None, str | None]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["reading_id", "window_start", "window_end"])
    return frame.assign(**{c: pd.to_datetime(frame[c]) for c in ("window_start", "window_end")})


def test_nested_pairs() -> None:
    frame = frame_of(
        [
            ("year", "2020-01-01", "2020-12-31"),
            ("may-june", "2020-05-01", "2020-06-30"),
            ("since-may", "2020-05-01", "2020-11-09"),
            ("again", "2020-05-01", "2020-11-09"),
            ("crossing", "2020-06-01", "2021-02-28"),
            ("blank", None, None),
        ]
    )
    pairs = nested_pairs(frame)
    found = {frozenset(pair) for pair in zip(pairs["inner"], pairs["outer"], strict=True)}
    assert found == {
        frozenset(pair)
        for pair in [
            ("may-june", "year"), ("since-may", "year"), ("again", "year"),
            ("may-june", "since-may"), ("may-june", "again"), ("since-may", "again"),
        ]
    }  # fmt: skip
    assert len(pairs) == 6, "equal windows stand once"
    assert pairs.loc[pairs["equal"], ["inner_days", "outer_days"]].to_numpy().tolist() == [[193, 193]]
    assert (pairs["inner_days"] <= pairs["outer_days"]).all()


@given(st.lists(windows, min_size=2, max_size=12))
def test_nested_pairs_match_contains(some: list[Window]) -> None:
    frame = frame_of([(str(n), str(w.start), str(w.end)) for n, w in enumerate(some)])
    pairs = nested_pairs(frame)
    indices = range(len(some))
    expected = {
        frozenset((str(i), str(j))) for i in indices for j in indices if i != j and some[j].contains(some[i])
    }
    assert {frozenset(p) for p in zip(pairs["inner"], pairs["outer"], strict=True)} == expected
    assert len(pairs) == len(expected)
    for inner, outer in zip(pairs["inner"].astype(int), pairs["outer"].astype(int), strict=True):
        assert some[outer].contains(some[inner])


def test_nested_pairs_of_nothing_and_without_columns() -> None:
    assert nested_pairs(frame_of([("a", None, None)])).empty
    with pytest.raises(InputError, match="missing: window_end"):
        nested_pairs(frame_of([]).drop(columns="window_end"))
