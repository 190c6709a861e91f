"""Whole reconstructions: what goes in comes back, hedges and growth rates say what they say, and nothing is made up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.series import reconstruct

VALUES = [1184, 1420, 1203, 990, 1811]


def by_period(table):
    return table.set_index("period")


@pytest.fixture(scope="module")
def mixed(rows):
    """Nested, overlapping and hedged windows, a gap, growth rates and a bound."""
    return rows.frame(
        rows.reading(12_000, "2010-01-01", "2010-12-31", printed_step=1000, hedge="more_than", source_id="a"),
        rows.reading(5_200, "2010-01-01", "2010-06-30", source_id="a"),
        rows.reading(14_356, "2011-01-01", "2011-12-31", source_id="b"),
        rows.reading(9_020, "2011-05-16", "2011-11-30", source_id="b"),
        rows.reading(52_000, "2011-01-01", "2013-12-31", printed_step=1000, hedge="nearly"),
        rows.reading(21_017, "2015-01-01", "2015-12-31"),
        rows.growth(12.5, "2016-01-01", "2016-12-31"),
        rows.reading(6_000, "2016-01-01", "2016-03-31", hedge="less_than", printed_step=1000),
    )


@pytest.fixture(scope="module")
def fitted(mixed):
    return reconstruct(mixed)


def test_an_exact_yearly_series_comes_back(rows):
    table = reconstruct(rows.frame(*rows.years(VALUES)), reporting_error="exact").yearly
    assert table["period"].tolist() == ["2010", "2011", "2012", "2013", "2014"]
    np.testing.assert_allclose(table["estimate"], VALUES, rtol=0.001)
    assert (table["lower"] < VALUES).all()
    assert (table["upper"] > VALUES).all()
    np.testing.assert_allclose(table["informed"], 1)


@pytest.mark.parametrize("order", [1, 2])
def test_one_reading_tells_its_year_and_no_month(rows, order):
    found = reconstruct(rows.frame(rows.reading(1184, "2010-01-01", "2010-12-31")), order=order)
    assert found.yearly["estimate"].tolist() == [pytest.approx(1184, rel=0.01)]
    np.testing.assert_allclose(found.monthly["informed"], 1 / 12, rtol=0.03)  # months are of 28 to 31 days
    assert found.monthly["estimate"].isna().all()
    np.testing.assert_allclose(found.quarterly["informed"], 1 / 4, rtol=0.02)
    assert found.quarterly["estimate"].notna().all()
    assert found.residuals["residual"].isna().all()
    assert found.conflicts.empty


def test_a_window_of_one_month(rows):
    found = reconstruct(rows.frame(rows.reading(77, "2010-03-05", "2010-03-20")))
    assert found.monthly["period"].tolist() == ["2010-03"]
    assert found.yearly["estimate"].isna().all()
    assert found.draws(3).shape == (3, 1)


def test_labels_of_periods(rows):
    found = reconstruct(rows.frame(rows.reading(1184, "2019-10-01", "2020-12-31")))
    assert found.monthly["period"].iloc[[0, -1]].tolist() == ["2019-10", "2020-12"]
    assert found.quarterly["period"].tolist() == ["2019Q4", "2020Q1", "2020Q2", "2020Q3", "2020Q4"]
    assert found.yearly["period"].tolist() == ["2019", "2020"]
    assert found.fiscal["period"].tolist() == ["FY2020", "FY2021"]
    assert list(found.yearly) == ["period", "estimate", "lower", "upper", "informed"]
    assert found.fiscal["estimate"].notna().tolist() == [True, False]


def test_a_gap_is_not_filled(fitted):
    year = by_period(fitted.yearly)
    assert np.isnan(year.loc["2014", "estimate"])
    assert year.loc["2014", "informed"] < 0.1
    assert year.loc["2012", "estimate"] > 0
    assert year.loc["2012", "informed"] == pytest.approx(0.5, abs=0.05)
    assert by_period(fitted.monthly).loc["2012-03", "informed"] < 0.1


def test_nothing_beyond_the_windows(rows):
    given = rows.frame(rows.reading(1100, "2010-01-01", "2010-11-30"), *rows.years([1004], first=2009))
    found = reconstruct(given, start="2008-01-01", end="2011-12-31")
    year = by_period(found.yearly)["estimate"]
    assert year.index.tolist() == ["2008", "2009", "2010", "2011"]
    assert year.notna().tolist() == [False, True, False, False]


def test_overlapping_windows_share_what_they_share(rows):
    found = reconstruct(
        rows.frame(
            rows.reading(700, "2010-01-01", "2010-06-30"),
            rows.reading(1500, "2010-01-01", "2010-12-31"),
            rows.reading(1100, "2010-04-01", "2010-12-31"),
        ),
        reporting_error=0.01,
    )
    quarter = by_period(found.quarterly)
    # A percent of reporting error in 1,500 and in 1,100 is seven percent of their difference.
    assert quarter.loc["2010Q1", "estimate"] == pytest.approx(400, rel=0.1)
    assert quarter.loc["2010Q2", "estimate"] == pytest.approx(300, rel=0.15)
    assert (quarter["lower"] < [400, 300, 400, 400]).all()
    assert (quarter["upper"] > [400, 300, 400, 400]).all()
    np.testing.assert_allclose(quarter.loc[["2010Q1", "2010Q2"], "informed"], 1)


def test_draws_honour_printed_totals_and_agree_with_the_bands(fitted, rows):
    draws, table = fitted.draws(400), fitted.yearly
    told = table["estimate"].notna().to_numpy()
    assert draws.shape == (400, len(table))
    assert (np.isnan(draws) == ~told).all()
    tau = max(point.smooth.tau for point in fitted.points)
    assert np.abs(draws[:, 1] / 14_356 - 1).max() < 5 * tau  # an exact year in every single draw
    low, middle, high = np.quantile(draws[:, told], [0.05, 0.5, 0.95], axis=0)
    shown = table[told]
    np.testing.assert_allclose(np.log(middle), np.log(shown["estimate"]), atol=0.06)
    width = np.log(high / low) / np.log(shown["upper"] / shown["lower"])
    assert ((width > 0.7) & (width < 1.4)).all(), width


def test_draws_are_told_by_the_seed(mixed, fitted):
    np.testing.assert_array_equal(fitted.draws(5), fitted.draws(5))
    other = reconstruct(mixed, seed=1)
    assert np.nanmax(np.abs(other.draws(5) - fitted.draws(5))) > 0
    pd.testing.assert_frame_equal(other.yearly, fitted.yearly)


def test_draws_of_every_frequency_are_of_the_same_series(rows):
    halves = [
        rows.reading(v, f"2010-{a}", f"2010-{b}")
        for v, a, b in ((512, "01-01", "06-30"), (655, "07-01", "12-31"))
    ]
    found = reconstruct(rows.frame(*halves))
    quarterly, yearly = found.draws(5, "Q"), found.draws(5)
    np.testing.assert_allclose(quarterly.sum(axis=1, keepdims=True), yearly)
    assert found.draws(5, "fiscal").shape == (5, 2)


def test_the_level_widens_bands_alone(mixed, fitted):
    half = reconstruct(mixed, level=0.5)
    np.testing.assert_allclose(half.yearly["estimate"], fitted.yearly["estimate"])
    told = half.yearly["estimate"].notna()
    inner, outer = half.yearly[told], fitted.yearly[told]
    assert (inner["lower"] > outer["lower"]).all()
    assert (inner["upper"] < outer["upper"]).all()


def test_growth_ties_a_year_that_was_never_printed(rows):
    given = rows.frame(*rows.years([1004, 1201], first=2010), rows.growth(25, "2012-01-01", "2012-12-31"))
    found = by_period(reconstruct(given).yearly).loc["2012"]
    assert found["estimate"] == pytest.approx(1501, rel=0.02)
    assert found["informed"] == pytest.approx(1)
    back = rows.frame(*rows.years([1200], first=2011), rows.growth(20, "2011-01-01", "2011-12-31"))
    assert by_period(reconstruct(back).yearly).loc["2010", "estimate"] == pytest.approx(1000, rel=0.02)


def test_shares(rows):
    given = rows.frame(*rows.years([52, 88.5], unit="percent"))
    table = reconstruct(given).yearly
    np.testing.assert_allclose(table["estimate"], [52, 88.5], rtol=0.01)
    assert (table["upper"] < 100).all()
    ratio = given.assign(value=given["value"] / 100, unit="ratio", kind="share", printed_step=[0.01, 0.001])
    alike = reconstruct(given.assign(printed_step=[1, 0.1]))
    other = reconstruct(ratio)
    np.testing.assert_allclose(100 * other.yearly["estimate"], alike.yearly["estimate"], rtol=1e-9)
    np.testing.assert_allclose(100 * other.residuals["expected"], alike.residuals["expected"], rtol=1e-9)
    np.testing.assert_allclose(100 * other.draws(3), alike.draws(3), rtol=1e-9)


def test_a_share_keeps_away_from_its_ends_but_where_it_is_printed_there(rows):
    table = reconstruct(rows.frame(*rows.years([0, 100, 50], unit="percent"))).yearly
    assert table.iloc[:2, 1:4].to_numpy().tolist() == [[0.0] * 3, [100.0] * 3]
    near = reconstruct(rows.frame(*rows.years([1, 99, 50], unit="percent"))).yearly
    assert (near[["lower", "estimate", "upper"]] > 0).all(axis=None)
    assert (near[["lower", "estimate", "upper"]] < 100).all(axis=None)


def test_stocks_are_values_at_an_end(rows):
    given = rows.frame(
        rows.reading(500, None, "2010-12-31", kind="stock", unit="firm"),
        rows.reading(620, "2011-01-01", "2011-06-30", kind="stock", unit="firm"),
        rows.reading(800, None, "2011-12-31", kind="stock", unit="firm"),
    )
    found = reconstruct(given)
    month = by_period(found.monthly)["estimate"]
    np.testing.assert_allclose(month.loc[["2010-12", "2011-06", "2011-12"]], [500, 620, 800], rtol=0.02)
    assert month.drop(["2010-12", "2011-06", "2011-12"]).isna().all()
    assert by_period(found.yearly).loc["2011", "estimate"] == pytest.approx(800, rel=0.02)
    assert by_period(found.quarterly)["estimate"].notna().tolist() == [False, False, True, False, True]


@pytest.mark.parametrize(("kind", "unit"), [("price", "CNY"), ("rate", "percent")])
def test_prices_and_rates_are_averages(rows, kind, unit):
    given = rows.frame(
        rows.reading(10, "2010-01-01", "2010-06-30", kind=kind, unit=unit, printed_step=0.1),
        rows.reading(20, "2010-07-01", "2010-12-31", kind=kind, unit=unit, printed_step=0.1),
    )
    found = reconstruct(given)
    assert found.yearly["estimate"].tolist() == [pytest.approx(15, rel=0.02)]
    np.testing.assert_allclose(found.residuals["expected"], [10, 20], rtol=0.02)


@pytest.mark.parametrize(
    ("bound", "hedge", "model", "holds"),
    [
        (600, "less_than", "default", lambda q: q <= 600 * 1.06),
        (600, "up_to", "default", lambda q: q <= 600 * 1.06),
        (2000, "less_than", "default", lambda q: abs(q - 1000) < 60),
        (1500, "more_than", "open_ended", lambda q: q >= 1500 / 1.06),
        (500, "more_than", "open_ended", lambda q: abs(q - 1000) < 60),
        (600, "nearly", "open_ended", lambda q: q <= 600 * 1.06),
    ],
)
def test_a_bound_is_an_inequality_only(rows, bound, hedge, model, holds):
    given = rows.frame(
        rows.reading(4012, "2010-01-01", "2010-12-31"),
        rows.reading(bound, "2010-01-01", "2010-03-31", hedge=hedge, printed_step=100),
    )
    found = reconstruct(given, hedge_model=model)
    quarter = by_period(found.quarterly).loc["2010Q1"]
    assert quarter["informed"] == pytest.approx(1 / 4, rel=0.02)  # a bound informs nothing
    assert holds(quarter["estimate"]), quarter
    assert by_period(found.yearly).loc["2010", "estimate"] == pytest.approx(4012, rel=0.015)
    assert found.draws(20).shape == (20, 1)
    assert found.summary()["bounds"] == 1


def test_readings_of_one_release_share_their_error(rows):
    values = rows.years([1004, 1013, 991, 1007, 996])
    alone = reconstruct(rows.frame(*values))
    shared = reconstruct(rows.frame(*(one | {"source_id": "s"} for one in values)))
    # One error for five years: their sum is known less well than by five errors of its own each.
    sums = [np.log(found.draws(400).sum(axis=1)).std() for found in (alone, shared)]
    assert sums[1] > 1.25 * sums[0]


def test_a_repeated_figure_enters_once(rows):
    once = rows.frame(*rows.years(VALUES, source_id="a"))
    again = pd.concat([once, once.assign(source_id="b", reading_id=once["reading_id"] + "x")])
    pd.testing.assert_frame_equal(reconstruct(again).yearly, reconstruct(once).yearly)
    assert len(reconstruct(again).residuals) == len(VALUES)


def test_hedge_models(rows):
    given = rows.frame(rows.reading(11_000, "2010-01-01", "2010-12-31", hedge="more_than", printed_step=1000))
    default, tight = (reconstruct(given, hedge_model=name).yearly.iloc[0] for name in ("default", "tight"))
    assert 11_000 < tight["estimate"] < default["estimate"] < 11_500  # truths lie near the print
    assert np.log(tight["upper"] / tight["lower"]) < np.log(default["upper"] / default["lower"])
    with pytest.raises(InputError, match="one-sided"):
        reconstruct(given, hedge_model="open_ended")
    with pytest.raises(InputError, match="unknown hedge model"):
        reconstruct(given, hedge_model="loose")


def test_the_printed_step_of_a_column_comes_first(rows):
    row = rows.reading(11_000, "2010-01-01", "2010-12-31", hedge="more_than", as_printed="more than 1.1万")
    read = reconstruct(rows.frame(row)).yearly["estimate"].iloc[0]
    told = reconstruct(rows.frame(row | {"printed_step": 100})).yearly["estimate"].iloc[0]
    assert read == pytest.approx(11_333, rel=0.005)
    assert told == pytest.approx(11_033, rel=0.005)


def test_the_order_of_rows_changes_nothing(mixed, fitted):
    for seed in range(3):
        other = reconstruct(mixed.sample(frac=1, random_state=seed))
        np.testing.assert_allclose(other.yearly.iloc[:, 1:], fitted.yearly.iloc[:, 1:], rtol=1e-6)
        pd.testing.assert_frame_equal(
            other.residuals.sort_values("reading_id", ignore_index=True),
            fitted.residuals.sort_values("reading_id", ignore_index=True),
            rtol=1e-6,
        )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.integers(10, 9_999), min_size=2, max_size=5),
    st.sampled_from(["exact", "more_than", "nearly", "about"]),
)
def test_units_change_nothing(rows, values, hedge):
    ones = rows.frame(*rows.years([1000.0 * v for v in values], hedge=hedge, printed_step=1000.0))
    thousands = ones.assign(value=ones["value"] / 1000, printed_step=1.0, unit="thousand")
    # Counts to the unit aside: a rounded exact figure is not the count v.
    thousands.loc[thousands["hedge"] == "exact", ["hedge", "value_high"]] = "range", np.nan
    exact = ones["hedge"] == "exact"
    ones = ones.assign(value_high=np.nan)
    ones.loc[exact, "hedge"] = "range"
    for table in (ones, thousands):
        step = table["printed_step"]
        table.loc[exact, "value_high"] = table["value"] + step / 2
        table.loc[exact, "value"] = table["value"] - step / 2
    one, other = reconstruct(ones).yearly, reconstruct(thousands).yearly
    np.testing.assert_allclose(one.iloc[:, 1:4] / 1000, other.iloc[:, 1:4], rtol=1e-6)


def test_half_months_move_no_year_by_much(mixed, fitted):
    halves = reconstruct(mixed, halves=True)
    told = fitted.yearly["informed"] > 0.9
    assert told.sum() >= 3
    found = halves.yearly["estimate"][told] / fitted.yearly["estimate"][told]
    np.testing.assert_allclose(found, 1, atol=0.005)
    assert len(halves.observations.cells) == 2 * len(fitted.observations.cells)


def test_a_yearly_pattern_is_looked_for_where_three_years_have_parts(rows):
    parts = [rows.reading(v, f"{y}-01-01", f"{y}-06-30") for y, v in ((2010, 300), (2011, 310), (2012, 290))]
    given = rows.frame(*parts, *rows.years([1004, 1021, 993, 1011]))
    found = reconstruct(given, reporting_error=0.01)
    halves = by_period(found.quarterly)["estimate"]
    assert 280 < halves.loc[["2013Q1", "2013Q2"]].sum() < 400  # towards the other years, away from the half
    assert any(point.smooth.season > 0 for point in found.points)


def test_summary(fitted):
    told = fitted.summary()
    assert told[["quantity", "readings", "growth", "bounds"]].tolist() == ["flow", 8, 1, 1]
    assert (told["first"], told["last"]) == ("2010-01", "2016-12")


@pytest.mark.parametrize("level", [0, 1, -0.5, float("nan")])
def test_a_level_that_is_none(rows, level):
    with pytest.raises(InputError, match="level must be above 0"):
        reconstruct(rows.frame(*rows.years(VALUES)), level=level)


def test_an_order_that_is_none(rows):
    with pytest.raises(InputError, match="order must be one of 1, 2"):
        reconstruct(rows.frame(*rows.years(VALUES)), order=3)


def test_draws_that_are_none(fitted):
    with pytest.raises(InputError, match="n must be 1 or more"):
        fitted.draws(0)
    with pytest.raises(InputError, match="unknown frequency 'weekly'"):
        fitted.draws(1, "weekly")


def test_a_reconstruction_survives_a_pickle(fitted):
    import pickle

    again = pickle.loads(pickle.dumps(fitted))
    pd.testing.assert_frame_equal(again.table("yearly"), fitted.yearly)
    np.testing.assert_allclose(again.draws(3), fitted.draws(3))
