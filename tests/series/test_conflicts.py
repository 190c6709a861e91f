"""Readings that cannot all be true are found by the rules, and kept from widening everything."""

import numpy as np
import pandas as pd
import pytest

from analysis.dataset.dimensions import CONFLICT_KINDS, VERDICTS
from analysis.series import reconstruct, series_conflicts
from analysis.series.conflicts import copied_conflicts, nested_conflicts

STEADY = [1184, 1203, 1197, 1190, 1211, 1176, 1189, 1204]


def pairs(found, rule=None):
    found = found if rule is None else found[found["rule"] == rule]
    return set(zip(found["reading_a"], found["reading_b"], strict=True))


def test_two_exact_counts_of_one_window(rows):
    """They are fitted between the two, with a wide band, and flagged."""
    found = reconstruct(rows.frame(*rows.years([1184]), *rows.years([2411])))
    year = found.yearly.iloc[0]
    assert 1184 < year["estimate"] < 2411
    assert (
        year["upper"] / year["lower"]
        > reconstruct(rows.frame(*rows.years([1184]))).yearly.eval("upper / lower")[0]
    )
    assert pairs(found.conflicts) == {("r0", "r1")}
    assert found.conflicts["size"].tolist() == [pytest.approx(2411 / 1184)]


def test_a_gross_error_is_found_by_leaving_it_out(rows):
    given = rows.frame(*rows.years(STEADY), rows.reading(23_990, "2012-01-01", "2013-12-31"))
    found = reconstruct(given)
    assert any("r8" in pair for pair in pairs(found.conflicts, "loo"))
    assert found.residuals.set_index("reading_id").loc["r8", "residual"] > 3
    year = found.yearly.set_index("period")
    # Doubted, it leaves the years it does not cover as narrow as they were.
    clean = reconstruct(rows.frame(*rows.years(STEADY))).yearly.set_index("period")
    far = ["2010", "2016", "2017"]
    width, before = (np.log(table.loc[far, "upper"] / table.loc[far, "lower"]) for table in (year, clean))
    assert (width < 2.5 * before).all()
    np.testing.assert_allclose(year.loc[far, "estimate"], clean.loc[far, "estimate"], rtol=0.02)
    core = found.core.variance - found.printed.variance
    assert "r8" in found.observations.names[core > 0]


def test_agreeing_readings_are_no_conflict(rows):
    given = rows.frame(*rows.years(STEADY), rows.reading(3584, "2010-01-01", "2012-12-31"))
    found = reconstruct(given)
    assert found.conflicts.empty
    assert list(found.conflicts) == ["reading_a", "reading_b", "rule", "size"]
    np.testing.assert_array_equal(found.core.variance, found.printed.variance)


def observed(rows, *given):
    frame = rows.frame(*given)
    return frame.assign(low=frame["value"], high=frame["value"])


@pytest.mark.parametrize(
    ("inner", "outer", "size"),
    [
        (3000, 9000, None),  # a half year of a third
        (1000, 9000, 8 * 181 / 184),  # the other half eight times as fast
        (8000, 9000, 8 * 184 / 181),  # and eight times as slow
        (9500, 9000, 1000),  # more inside than outside
    ],
)
def test_nested_windows(rows, inner, outer, size):
    given = observed(
        rows, rows.reading(inner, "2010-01-01", "2010-06-30"), rows.reading(outer, "2010-01-01", "2010-12-31")
    )
    found = nested_conflicts(given)
    assert found["size"].tolist() == ([] if size is None else [pytest.approx(size, rel=1e-6)])


def test_an_interval_that_allows_the_rate_is_no_conflict(rows):
    given = observed(
        rows, rows.reading(1000, "2010-01-01", "2010-06-30"), rows.reading(9000, "2010-01-01", "2010-12-31")
    )
    assert len(nested_conflicts(given)) == 1
    assert nested_conflicts(given.assign(high=[2500.0, 9000.0])).empty
    assert nested_conflicts(given.assign(low=[1000.0, 0.0])).empty
    assert nested_conflicts(given.assign(high=[np.inf, np.inf])).empty


def test_averages_are_compared_over_equal_windows_only(rows):
    given = observed(
        rows,
        rows.reading(10, "2010-01-01", "2010-06-30", unit="percent"),
        rows.reading(40, "2010-01-01", "2010-12-31", unit="percent"),
        rows.reading(60, "2010-01-01", "2010-12-31", unit="percent"),
    )
    for cells in ({}, {"unit": "CNY", "kind": "price"}):
        assert pairs(nested_conflicts(given.assign(**cells))) == {("r1", "r2")}


@pytest.mark.parametrize(("second", "conflict"), [(1019, False), (1021, True), (979, True)])
def test_prints_of_one_window_may_differ_by_two_percent(rows, second, conflict):
    given = observed(rows, *rows.years([1000]), *rows.years([second]))
    assert (not nested_conflicts(given).empty) == conflict


@pytest.mark.parametrize(("day", "copied"), [("2020-07-02", True), ("2020-07-03", False)])
def test_a_season_of_prints_is_half_a_year(rows, day, copied):
    """2 July 2020 is 183 days after 1 January."""
    twice = rows.frame(
        rows.reading(1400, "2019-05-01", "2019-12-24"), rows.reading(1400, "2019-01-01", "2019-12-24")
    )
    assert (not copied_conflicts(twice.assign(published=["2020-01-01", day])).empty) == copied


def test_a_copied_figure(rows):
    twice = rows.frame(
        rows.reading(1400, "2020-05-01", "2020-12-24"), rows.reading(1400, "2020-01-01", "2020-12-24")
    )
    assert pairs(copied_conflicts(twice)) == {("r0", "r1")}
    assert copied_conflicts(twice.assign(hedge=["exact", "about"])).empty
    assert copied_conflicts(twice.assign(published=["2020-12-30", "2022-01-05"])).empty  # another season
    apart = twice.assign(window_end=pd.to_datetime(["2020-12-24", "2020-04-30"]))
    assert copied_conflicts(apart).empty


def test_a_bound_that_is_exceeded(rows):
    low = rows.reading(900, "2010-01-01", "2010-12-31", hedge="less_than", printed_step=100)
    found = reconstruct(rows.frame(*rows.years([1184]), low))
    assert pairs(found.conflicts) == {("r0", "r1")}


def test_no_conflict_in_any_series(data):
    found = series_conflicts(data, [])
    assert found.empty
    assert {
        "series_id",
        "rules",
        "size",
        "kind",
        "verdict",
        "contradicts",
        "known",
        "printed_a",
        "url_b",
    } <= set(found)


@pytest.mark.slow
def test_the_known_conflicts_are_found(data):
    found = series_conflicts(data, progress=False)
    named = {
        tuple(sorted(pair)): rules for *pair, rules in found[["reading_a", "reading_b", "rules"]].to_numpy()
    }
    assert "copied" in named["plat-seed0-01", "plat-seed1-01"]
    assert "nested" in named["police-0019", "police-0023"]
    assert ("adm-0246", "police-0170") in named
    assert set(found["kind"]) <= set(CONFLICT_KINDS)
    assert found.loc[~found["known"], "verdict"].eq("").all()
    assert found.loc[found["known"], "verdict"].isin(VERDICTS).all()
    assert found[["url_a", "url_b"]].notna().all(axis=None)
