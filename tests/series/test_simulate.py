"""Simulated truths and readings: totals are exact, hedges are honest, errors are what they are said to be."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.readings import intervals
from analysis.series.simulate import FIRST_YEAR, SHAPES, truth
from analysis.series.simulated_readings import WINDOWS, printed_readings

COLUMNS = {"reading_id", "value", "value_high", "unit", "hedge", "as_printed", "window_start", "window_end"}
COLUMNS |= {"kind", "source_id", "printed_step", "base_start", "base_end"}


def draw(seed, n=60, shape="smooth", **options):
    rng = np.random.default_rng(seed)
    true = truth(rng, 20, shape)
    return true, printed_readings(rng, true, n, **options)


@pytest.mark.parametrize("shape", SHAPES)
def test_windows_add_up_to_the_days(shape):
    true = truth(np.random.default_rng(1), 20, shape)
    days = pd.date_range(f"{FIRST_YEAR}-01-01", periods=len(true.counts))
    assert days[-1] == pd.Timestamp("2023-12-31") == pd.Timestamp(true.end)
    cut = true.totals(["2004-01-01", "2010-05-18"], ["2010-05-17", "2023-12-31"])
    assert cut.sum() == true.counts.sum()
    inside = (days >= "2010-05-18") & (days <= "2011-03-02")
    assert true.totals(["2010-05-18"], ["2011-03-02"])[0] == true.counts[inside].sum()
    assert true.periods("Y").loc["2010"] == true.totals(["2010-01-01"], ["2010-12-31"])[0]
    assert true.periods("M").sum() == true.periods("Q").sum() == true.counts.sum()
    assert len(true.periods("M")) == 240


def test_counts_follow_the_intensity():
    true = truth(np.random.default_rng(2), 20, "kinked")
    assert true.counts.sum() / true.intensity.sum() == pytest.approx(1, abs=0.02)


def test_campaign_years_end_in_a_rush():
    ratios = []
    for seed in range(30):
        months = truth(np.random.default_rng(seed), 20, "campaign").periods("M")
        december = months[months.index.str.endswith("-12")].to_numpy()
        september = months[months.index.str.endswith("-09")].to_numpy()
        ratios.append(np.log(december / september).mean())
    assert np.mean(ratios) == pytest.approx(0.35, abs=0.12)  # the rush is uniform on 0.1 to 0.6


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(sorted(SHAPES)), st.sampled_from(WINDOWS), st.integers(1, 60))
def test_intervals_of_readings_without_error_hold_the_truth(seed, shape, windows, n):
    readings = draw(seed, n, shape, windows=windows, growth=0.3)[1]
    bounds = intervals(readings)
    assert (bounds["low"] <= readings["true_value"] + 1e-6).all()
    assert (readings["true_value"] <= bounds["high"] + 1e-6).all()
    assert len(readings) == n
    assert set(readings.columns) >= COLUMNS
    assert (readings["kind"] == "flow").any()


@pytest.mark.parametrize("windows", WINDOWS)
def test_flows_and_growth_are_those_of_the_truth(windows):
    true, readings = draw(3, windows=windows, growth=0.4)
    flows = readings[readings["kind"] == "flow"]
    assert (flows["true_value"] == true.totals(flows["window_start"], flows["window_end"])).all()
    change = readings[readings["kind"] == "change"]
    assert len(change) > 5
    assert (change["unit"] == "percent").all()
    year = pd.DateOffset(years=1)
    base = true.totals(change["window_start"] - year, change["window_end"] - year)
    ratio = true.totals(change["window_start"], change["window_end"]) / base
    assert change["true_value"].to_numpy() == pytest.approx(100 * (ratio - 1))
    stated = change.dropna(subset="base_start")
    assert 0 < len(stated) < len(change)
    assert (stated["base_end"] == stated["window_end"] - year).all()


def test_regimes_have_their_windows():
    yearly = draw(4, 20, windows="yearly")[1]
    assert yearly["window_start"].dt.year.is_unique  # twenty years, twenty readings
    assert (yearly["window_end"].dt.strftime("%m-%d") == "12-31").all()
    nested = draw(4, windows="nested")[1]
    assert (nested["window_start"].dt.strftime("%m-%d") == "01-01").all()
    assert (nested["window_start"].dt.year == nested["window_end"].dt.year).all()
    days = (lambda frame: (frame["window_end"] - frame["window_start"]).dt.days + 1)(
        draw(4, windows="random")[1]
    )
    assert days.min() < 100
    assert days.max() > 2 * 365


def test_without_hedges_every_figure_is_the_count():
    readings = draw(5, hedges=False)[1]
    assert (readings["value"] == readings["true_value"]).all()
    assert (readings["hedge"] == "exact").all()


def test_error_is_as_large_as_it_is_said_to_be_and_shared_within_releases():
    logs, within = [], []
    for seed in range(40):
        alone = draw(seed, hedges=False, error=0.03)[1]
        assert alone["source_id"].is_unique
        alone = alone[alone["tier"] == "secondary"]
        logs.append(np.log(alone["value"] / alone["true_value"]))
        shared = draw(seed, hedges=False, error=0.03, shared=True)[1]
        assert 10 < shared["source_id"].nunique() < 45
        large = shared[(shared["value"] > 5_000) & (shared["tier"] == "secondary")]
        error = np.log(large["value"] / large["true_value"])
        within.append(error.groupby(large["source_id"]).agg(np.ptp))
    assert np.std(np.concatenate(logs)) == pytest.approx(0.03, rel=0.06)
    assert pd.concat(within).max() < 5e-4


def test_a_register_does_not_err():
    """Its own print of a whole year, without a hedge, is the count; with hedges half of these are rounded."""
    readings = draw(8, hedges=False, error=0.2, outliers=0.5)[1]
    start, end = readings["window_start"], readings["window_end"]
    year = (
        (start.dt.day_of_year == 1) & (end.dt.strftime("%m-%d") == "12-31") & (start.dt.year == end.dt.year)
    )
    own = readings["tier"] == "primary"
    assert own.equals(year)
    assert own.any()
    assert (readings["value"] == readings["true_value"])[own].all()
    assert (readings["value"] != readings["true_value"])[~own].mean() > 0.9
    hedged = draw(8, error=0.2)[1]
    register = hedged[hedged["tier"] == "primary"]
    assert (register["hedge"] == "exact").all()
    assert ((register["value"] - register["true_value"]).abs() <= register["printed_step"] / 2).all()


def test_gross_errors_are_rare_and_large():
    ratios = []
    for seed in range(40):
        readings = draw(seed, hedges=False, outliers=0.05)[1]
        readings = readings[readings["tier"] == "secondary"]
        ratios.append((readings["value"] / readings["true_value"]).to_numpy())
    size = np.abs(np.log(np.concatenate(ratios)))
    assert (size > 0.3).mean() == pytest.approx(0.05, abs=0.015)
    assert ((size < 0.05) | (size > 0.3)).all()
    assert (size > 2).sum() > 5  # slips of a digit


def test_the_seed_makes_the_readings():
    pd.testing.assert_frame_equal(draw(6, growth=0.2)[1], draw(6, growth=0.2)[1])
    assert not draw(6)[1]["value"].equals(draw(7)[1]["value"])


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda rng, _: truth(rng, 20, "square"), "no shape 'square'"),
        (lambda rng, _: truth(rng, 0), "at least 1 year"),
        (lambda rng, true: printed_readings(rng, true, 0), "At least 1 reading"),
        (lambda rng, true: printed_readings(rng, true, 5, windows="weekly"), "no windows 'weekly'"),
        (lambda rng, true: printed_readings(rng, true, 5, outliers=1.5), "from 0 to below 1"),
        (lambda _, true: true.totals(["2003-12-31"], ["2004-02-01"]), "must lie within 2004-01-01"),
        (lambda _, true: true.totals(["2005-12-31"], ["2005-02-01"]), "start before its end"),
    ],
)
def test_bad_input_is_told(call, words):
    rng = np.random.default_rng(0)
    with pytest.raises(InputError, match=words):
        call(rng, truth(rng, 20))
