"""What a reading says of the grid: windows, bases, moments, bounds, releases, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.special import logit

from analysis.errors import InputError
from analysis.series.cells import cells_between, periods_of
from analysis.series.moments import log_moments, logit_moments
from analysis.series.observations import observe


def test_windows_over_months(rows):
    found = observe(
        rows.frame(rows.reading(5, "2020-02-10", "2020-04-02"), rows.reading(9, "2020-01-01", "2020-04-30"))
    )
    assert len(found.cells) == 4
    np.testing.assert_array_equal(found.weights, [[31, 29, 31, 30], [0, 20, 31, 2]])
    assert found.cells.months.tolist() == [0, 1, 2, 3]
    np.testing.assert_array_equal(found.cells.days, [31, 29, 31, 30])


def test_half_months():
    cells = cells_between(pd.Timestamp("2020-02-10"), pd.Timestamp("2020-03-01"), halves=True)
    np.testing.assert_array_equal(cells.days, [15, 14, 15, 16])
    assert cells.size == 0.5
    assert cells.months.tolist() == [1, 1, 2, 2]


def test_periods_and_which_are_whole():
    cells = cells_between(pd.Timestamp("2019-10-01"), pd.Timestamp("2021-02-28"))
    years, fiscal = periods_of(cells, "yearly"), periods_of(cells, "fiscal")
    assert years.labels == ["2019", "2020", "2021"]
    assert years.whole.tolist() == [False, True, False]
    assert fiscal.labels == ["FY2020", "FY2021"]
    assert fiscal.whole.tolist() == [True, False]
    np.testing.assert_array_equal(years.weights.sum(axis=1), [92, 366, 59])
    with pytest.raises(InputError, match="unknown frequency"):
        periods_of(cells, "decade")


@pytest.mark.parametrize(
    ("start", "end", "base_start", "base_end"),
    [
        ("2013-01-01", "2013-06-30", "2012-01-01", "2012-06-30"),
        ("2013-01-01", "2013-02-28", "2012-01-01", "2012-02-29"),  # both end with February
        ("2012-01-01", "2012-02-29", "2011-01-01", "2011-02-28"),
        ("2012-01-01", "2012-02-28", "2011-01-01", "2011-02-28"),
        ("2012-01-01", "2012-12-31", "2011-01-01", "2011-12-31"),  # 366 days are a year
        ("2012-01-01", "2013-01-01", "2010-12-30", "2011-12-31"),  # 367 are not
        ("2011-01-01", "2013-12-31", "2008-01-01", "2010-12-31"),  # the preceding 1,096 days
    ],
)
def test_bases_by_convention(rows, start, end, base_start, base_end):
    found = observe(rows.frame(rows.growth(35, start, end), rows.reading(1184, start, end))).frame
    grown = found[found["kind"] == "change"].iloc[0]
    assert (grown["base_start"], grown["base_end"]) == (pd.Timestamp(base_start), pd.Timestamp(base_end))
    assert found.loc[found["kind"] == "flow", "base_start"].isna().all()


def test_a_base_that_is_given_comes_first(rows):
    own = rows.growth(35, "2013-01-01", "2013-12-31", base_start="2010-01-01", base_end="2010-12-31")
    found = observe(rows.frame(own, rows.reading(1184, "2013-01-01", "2013-12-31")))
    assert found.cells.edges[0] == pd.Timestamp("2010-01-01").value // 86_400_000_000_000
    np.testing.assert_array_equal(found.base[found.growth].sum(), 365)
    y = found.y[found.growth][0]
    assert y == pytest.approx(np.log(1.35), abs=1e-4)  # 34.5 to 35.5 percent


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"base_start": "2010-01-01"}, "only one day of its base"),
        ({"base_start": "2011-01-01", "base_end": "2010-01-01"}, "base that ends before it starts"),
        ({"base_start": "2013-01-01", "base_end": "2013-12-31"}, "its own window"),
        ({"value": -100.0}, "falls by 100 percent or more"),
        ({"value": -120.0}, "falls by 100 percent or more"),
        ({"unit": "case"}, "neither percent nor ratio"),
    ],
)
def test_growth_that_is_refused(rows, cells, words):
    bad = rows.growth(35, "2013-01-01", "2013-12-31", reading_id="g-7") | cells
    with pytest.raises(InputError, match=rf"'g-7'.*{words}"):
        observe(rows.frame(bad, *rows.years([1184], first=2012)))


@pytest.mark.parametrize(
    ("value", "hedge", "model", "side", "bound"),
    [
        (5, "less_than", "default", -1, 1.05),
        (-5, "less_than", "default", 1, 0.95),  # "down less than 5 percent" has a floor
        (29, "more_than", "open_ended", 1, 1.29),
        (-29, "more_than", "open_ended", -1, 0.71),
    ],
)
def test_bounds_of_growth(rows, value, hedge, model, side, bound):
    given = rows.frame(
        rows.growth(value, "2013-01-01", "2013-12-31", hedge=hedge), *rows.years([1184], first=2012)
    )
    found = observe(given, hedge_model=model)
    assert found.side[found.growth].tolist() == [side]
    assert np.exp(found.y[found.growth]) == pytest.approx(bound)


@pytest.mark.parametrize(("low", "high"), [(11_000, 12_000), (3, 3.001), (100, 100.9), (0, 7), (5, 5)])
def test_moments_of_a_uniform_figure(low, high):
    mean, variance = log_moments(np.array([low * 1.0]), np.array([high * 1.0]))
    if low == high:
        assert mean[0] == pytest.approx(np.log(low))
        assert variance[0] == 0
        return
    first = quad(np.log, low, high)[0] / (high - low)
    second = quad(lambda v: (np.log(v) - first) ** 2, low, high, epsabs=1e-16)[0] / (high - low)
    assert mean[0] == pytest.approx(first, rel=1e-9)
    assert variance[0] == pytest.approx(second, rel=1e-5)


@pytest.mark.parametrize("falling", [1.0, -1.0])
def test_moments_of_a_falling_triangle(falling):
    low, high = 11_000.0, 14_000.0

    def density(v):
        return 2 * ((high - v) if falling > 0 else (v - low)) / (high - low) ** 2

    mean, variance = log_moments(np.array([low]), np.array([high]), np.array([falling]))
    first = quad(lambda v: density(v) * np.log(v), low, high)[0]
    second = quad(lambda v: density(v) * (np.log(v) - first) ** 2, low, high)[0]
    assert mean[0] == pytest.approx(first, rel=1e-9)
    assert variance[0] == pytest.approx(second, rel=1e-8)


def test_moments_of_a_share():
    mean, variance = logit_moments(np.array([0.515]), np.array([0.525]))
    first = quad(logit, 0.515, 0.525)[0] / 0.01
    assert mean[0] == pytest.approx(first)
    assert variance[0] == pytest.approx(0.01**2 / 12 / (0.52 * 0.48) ** 2, rel=1e-3)


def test_releases_are_numbered_and_growth_stands_alone(rows):
    given = rows.frame(
        *rows.years([1184, 1203], source_id="a"),
        rows.reading(990, "2012-01-01", "2012-12-31", source_id="b"),
        rows.growth(5, "2013-01-01", "2013-12-31", source_id="a"),
    )
    found = observe(given)
    family = dict(zip(found.names, found.family, strict=True))
    assert family["r0"] == family["r1"] >= 0
    assert family["r2"] == family["r3"] == -1
    assert (observe(given.drop(columns="source_id")).family == -1).all()


def test_two_ranges_of_one_low_end_are_two_figures(rows):
    one = rows.reading(100, "2010-01-01", "2010-12-31", hedge="range", value_high=120)
    assert len(observe(rows.frame(one, one | {"value_high": 200}))) == 2
    assert len(observe(rows.frame(one, one))) == 1


def test_columns_of_its_own_do_not_harm(rows):
    given = rows.frame(*rows.years([1184, 1203])).assign(low=1.0, high=2.0)
    given.index = [3, 3]
    found = observe(given.drop(columns="reading_id"))
    assert found.names.tolist() == ["row 0", "row 1"]
    assert found.frame["low"].tolist() == [1184, 1203]


def test_a_counted_zero_is_below_one_half(rows):
    found = observe(rows.frame(*rows.years([0, 1184])))
    assert found.y[found.names == "r0"] == pytest.approx(np.log(0.5) - 1)  # uniform on 0 to 1/2
    assert found.variance[found.names == "r0"] == pytest.approx(1)


def test_rows_taken_out(rows):
    found = observe(rows.frame(*rows.years([1184, 1203, 990])))
    part = found.take(np.array([0, 2]))
    assert len(part) == 2
    assert part.cells is found.cells
    assert part.names.tolist() == ["r0", "r2"]


BAD_ROWS = {
    "negative": ({"value": -3.0}, "'bad' is not above 0"),
    "zero price": ({"value": 0.0, "kind": "price"}, "'bad' is not above 0"),
    "zero bound": ({"value": 0.0, "hedge": "less_than"}, "'bad' is not above 0"),
    "infinite": ({"value": np.inf}, "'bad' has no finite value"),
    "missing value": ({"value": np.nan}, "'bad' has no finite value"),
    "no start": ({"window_start": pd.NaT}, "'bad' has no complete window"),
    "no date": ({"window_end": "some day"}, "'bad': window_end 'some day' is no day"),
    "backwards": ({"window_start": pd.Timestamp("2012-01-01")}, "'bad' ends before it starts"),
    "hedge": ({"hedge": "perhaps"}, "bad: unknown hedge 'perhaps'"),
    "range": ({"hedge": "range"}, "bad: a figure hedged 'range' needs its upper end"),
    "step": ({"printed_step": -1.0}, "bad: printed_step"),
    "share": ({"value": 120.0, "unit": "percent"}, "'bad' is a share above 100 percent"),
}


@pytest.mark.parametrize(("cells", "words"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_rows_that_are_refused(rows, cells, words):
    bad = rows.reading(1184, "2010-01-01", "2010-12-31", reading_id="bad") | cells
    with pytest.raises(InputError, match=words):
        observe(rows.frame(bad))


def test_sets_that_are_refused(rows):
    level, other = rows.years([1184, 1203])
    cases = [
        ([level, other | {"kind": "stock"}], "kinds flow, stock do not belong"),
        ([level, other | {"kind": "share", "unit": "ratio"}], "kinds flow, share do not belong"),
        ([level | {"kind": "weight"}], "weight do not belong"),
        ([level, other | {"unit": "person"}], "Readings in case, person"),
        (
            [level | {"kind": "stock"}, rows.growth(5, "2012-01-01", "2012-12-31")],
            "Growth rates speak of flows",
        ),
        ([rows.growth(5, "2012-01-01", "2012-12-31")], "All 1 readings are growth rates.*'r0'"),
        ([level | {"hedge": "less_than"}], "All levels are one-sided.*'r0'"),
        ([level | {"reading_id": "x"}, other | {"reading_id": "x"}], "'x' stands in two rows"),
    ]
    for given, words in cases:
        with pytest.raises(InputError, match=words):
            observe(rows.frame(*given))
    with pytest.raises(InputError, match="no reading to reconstruct"):
        observe(rows.frame(level).iloc[:0])
    with pytest.raises(InputError, match="missing: hedge"):
        observe(rows.frame(level).drop(columns="hedge"))


def test_a_grid_that_does_not_hold_the_windows(rows):
    given = rows.frame(*rows.years([1184, 1203]))
    with pytest.raises(InputError, match="'r0' has a window outside 2011-01-01"):
        observe(given, start="2011-01-01")
    with pytest.raises(InputError, match="'r1' has a window outside"):
        observe(given, end="2011-06-30")
    with pytest.raises(InputError, match="is no span"):
        observe(given, start="early")
    assert len(observe(given, start="2009-01-01", end="2012").cells) == 48
    assert len(observe(given, start=2009, end=2012).cells) == 48


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("is 1.7 times that of 2010", 170, "percent"),
        ("1.7 times", 1.7, "ratio"),
        ("是去年的1.7倍", 170, "percent"),
        ("more than double", 2, "ratio"),
        ("前年同期比112.4%", 112.4, "percent"),
    ],
)
def test_a_multiple_is_never_taken_for_growth(rows, words, value, unit):
    rate = rows.growth(value, "2011-01-01", "2011-12-31", as_printed=words) | {"unit": unit}
    with pytest.raises(InputError, match="'r1' prints a multiple of its base"):
        observe(rows.frame(*rows.years([100]), rate))


@pytest.mark.parametrize(
    ("words", "value"), [("up 1.7 times", 170), ("more than double", 100), ("1.4倍", 140), ("增长1.7倍", 170)]
)
def test_growth_told_as_a_multiple_stays_growth(rows, words, value):
    rate = rows.growth(value, "2011-01-01", "2011-12-31", as_printed=words)
    assert observe(rows.frame(*rows.years([100]), rate)).growth.tolist() == [False, True]


@pytest.mark.parametrize("day", ["01/02/2011", "2011年1月1日", "2011-1-1", "20110101", 2011, "Jan 2011"])
def test_a_day_that_is_not_written_by_iso_is_refused_with_its_row(rows, day):
    odd = rows.reading(120, "2011-01-01", "2011-12-31") | {"window_start": day}
    with pytest.raises(InputError, match=r"Reading 'r1': window_start .* is no day"):
        observe(rows.frame(*rows.years([100]), odd))
