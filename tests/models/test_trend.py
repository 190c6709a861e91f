"""Growth, doubling times and breaks: known truth recovered, intervals that cover, references, and bad input."""

import numpy as np
import pytest
import ruptures
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import InputError
from analysis.models.bootstrap import ar1_draws
from analysis.models.integrated import integrated_fit
from analysis.models.structural_breaks import LEAST_SEGMENT, search_batch, structural_breaks
from analysis.models.trend import UNIT_ROOT, trend

YEARS = np.arange(2003, 2023)


def noisy(seed, slope=0.07, sd=0.1, n=20, rho=0.0):
    error = ar1_draws(rho, np.ones(n - 1), 1, np.random.default_rng(seed))[0]
    return np.exp(8 + slope * np.arange(n) + sd * error)


def test_a_series_that_doubles_every_year():
    found = trend([1, 2, 4, 8, 16, 32, 64, 128], range(2001, 2009))
    assert (found.growth, found.lower, found.upper) == pytest.approx((1, 1, 1))
    assert found.doubling.estimate == pytest.approx(1)
    assert found.breaks is not None
    assert found.breaks.table.empty


def test_the_line_is_that_with_the_autocorrelation_integrated_out():
    y, kept = noisy(1), np.array([0, 1, 2, 4, 5, 6, 9, 10, 11, 12, 15, 19])
    found = trend(y[kept], YEARS[kept], breaks=False)
    design = np.column_stack([np.ones(len(kept)), kept])
    fit = integrated_fit(np.log(y[kept])[None], design, np.diff(kept).astype(float), unit_root=UNIT_ROOT)
    same = fit.mixture(np.array([[0.0, 1.0]]))
    lower, upper = (float(end.item()) for end in same.interval(0.95))
    assert found.slope == pytest.approx(float(same.mean.item()))
    assert (found.slope_lower, found.slope_upper) == pytest.approx((lower, upper))


def test_a_random_walk_is_covered_and_its_drift_is_the_mean_change():
    walks = np.cumsum(0.1 * np.random.default_rng(2).standard_normal((400, 12)), axis=1)
    fits = [trend(np.exp(z), np.arange(12), breaks=False) for z in walks]
    missed = sum(not fit.slope_lower <= 0 <= fit.slope_upper for fit in fits)
    assert missed <= stats.binom.ppf(0.999, 400, 0.07)


def test_months_have_a_season_and_a_growth_a_year():
    months = np.arange(60)
    labels = [f"{2015 + m // 12}-{m % 12 + 1:02d}" for m in months]
    noise = 0.02 * np.random.default_rng(4).standard_normal(60)
    y = np.exp(5 + 0.01 * months + 0.4 * np.sin(2 * np.pi * months / 12) + noise)
    found = trend(y, labels, harmonics=1, breaks=False)
    plain = trend(y, labels, breaks=False)
    assert found.slope_upper - found.slope_lower < plain.slope_upper - plain.slope_lower
    assert found.yearly[0] == pytest.approx(np.expm1(0.12), abs=0.03)
    assert (found.per_year, found.fitted["period"].iloc[0]) == (12, "2015-01")
    assert f"grew by {found.yearly[0]:.1%} a year over its 60 points" in found.sentence()
    dates = trend(y, [f"{label}-01" for label in labels], harmonics=1, breaks=False)
    assert dates.slope == found.slope
    with pytest.raises(InputError, match="too many for a period of 4"):
        trend(y, [f"{2000 + q // 4}Q{q % 4 + 1}" for q in months], harmonics=2)


@pytest.mark.parametrize("errors", ["model", "hac"])
def test_least_squares_equals_statsmodels(errors):
    y = noisy(2, rho=0.5)
    kind = {"cov_type": "HAC", "cov_kwds": {"maxlags": 2, "use_correction": True}} if errors == "hac" else {}
    reference = sm.OLS(np.log(y), sm.add_constant(YEARS - 2003.0)).fit(**kind, use_t=True)
    found = trend(y, YEARS, errors=errors, breaks=False)
    assert found.slope == pytest.approx(reference.params[1], rel=1e-9)
    assert (found.slope_lower, found.slope_upper) == pytest.approx(reference.conf_int()[1], rel=1e-7)
    band = reference.get_prediction().conf_int()
    np.testing.assert_allclose(np.log(found.fitted[["lower", "upper"]]), band, rtol=1e-7)


@pytest.mark.parametrize("rho", [0.0, 0.5])
def test_the_growth_interval_covers_with_autocorrelated_errors(rho):
    """300 series of 12 points: at least 95% less 3 Monte Carlo errors; least squares falls far short at 0.5."""
    rng = np.random.default_rng(7)
    draws = 0.06 * np.arange(12) + 0.1 * ar1_draws(rho, np.ones(11), 300, rng)

    def coverage(errors):
        fits = [trend(np.exp(z), np.arange(12), errors=errors, breaks=False) for z in draws]
        return np.mean([fit.slope_lower <= 0.06 <= fit.slope_upper for fit in fits])

    assert coverage("ar1") >= 0.95 - 0.038
    if rho:
        assert coverage("model") < 0.85


def test_doubling_and_halving():
    up, down, flat = (trend(noisy(3, slope, 0.05), YEARS, breaks=False) for slope in (0.1, -0.1, 0.0))
    assert up.doubling.kind == "doubling"
    assert up.doubling.lower < np.log(2) / 0.1 < up.doubling.upper
    assert up.doubling.lower == pytest.approx(np.log(2) / up.slope_upper)
    assert down.doubling.kind == "halving"
    assert down.doubling.upper == pytest.approx(-np.log(2) / down.slope_upper)
    assert down.doubling.certain
    assert flat.doubling.upper == np.inf
    assert not flat.doubling.certain


def test_an_exposure_turns_counts_into_rates():
    y, exposure = noisy(4), np.exp(3 + 0.2 * np.arange(20))
    plain = trend(y, YEARS, breaks=False, errors="model")
    rate = trend(y, YEARS, exposure=exposure, breaks=False, errors="model")
    assert rate.slope == pytest.approx(plain.slope - 0.2)
    assert trend(y, YEARS, offset=np.log(exposure), breaks=False, errors="model").slope == rate.slope
    np.testing.assert_allclose(rate.fitted["observed"], y / exposure)
    constant = trend(np.full(20, 7.0), YEARS, exposure=y, breaks=False)
    assert constant.slope == pytest.approx(-trend(y, YEARS, breaks=False).slope, abs=1e-6)


@given(unit=st.floats(1e-6, 1e9), seed=st.integers(0, 50))
@settings(max_examples=15, deadline=None)
def test_neither_unit_nor_order_matters(unit, seed):
    y = noisy(seed, rho=0.3)
    order = np.random.default_rng(seed).permutation(20)
    one, other = trend(y, YEARS), trend(unit * y[order], YEARS[order])
    assert other.slope == pytest.approx(one.slope, abs=1e-6)
    assert list(other.breaks.table["period"]) == list(one.breaks.table["period"])


def test_a_known_break_is_found():
    z = np.log(noisy(5, 0.15, 0.08)) - np.where(YEARS >= 2013, 0.35 * (YEARS - 2013), 0)
    found = trend(np.exp(z), YEARS).breaks
    assert len(found.table) == 1
    row = found.table.iloc[0]
    assert row["lower"] <= 2013 <= row["upper"]
    assert row["upper"] - row["lower"] <= 4
    assert row["growth_before"] == pytest.approx(np.expm1(0.15), abs=0.06)
    assert row["growth_after"] == pytest.approx(np.expm1(-0.2), abs=0.06)
    assert "breaks in 201" in found.sentence
    again = trend(np.exp(z), YEARS).breaks.table
    assert again.equals(found.table)


def test_an_exact_step_has_a_certain_date():
    z = 0.1 * np.arange(12) + np.where(np.arange(12) >= 6, 1.0, 0.0)
    row = trend(np.exp(z), np.arange(2000, 2012)).breaks.table.iloc[0]
    assert (row["period"], row["lower"], row["upper"], row["share"]) == (2006, 2006, 2006, 1)
    assert row["jump"] == pytest.approx(np.expm1(1.0))


def test_a_wandering_series_seldom_breaks():
    """Size of the test over AR(1) errors; 100 series each: at most 5% and three Monte Carlo errors."""
    rng = np.random.default_rng(8)
    for n, rho in ((10, 0.3), (18, 0.6)):
        series = ar1_draws(rho, np.ones(n - 1), 100, rng)
        broken = [not structural_breaks(z, YEARS[:n]).table.empty for z in series]
        assert np.mean(broken) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 100)


def test_too_short_for_a_break_and_no_break():
    assert "8 are needed" in trend(noisy(6, n=7), YEARS[:7]).breaks.sentence
    assert "No break is distinguishable" in trend(noisy(6), YEARS).breaks.sentence
    assert trend(noisy(6), YEARS, breaks=False).breaks is None


@pytest.mark.parametrize(("n", "count"), [(8, 1), (13, 2), (25, 3)])
def test_the_batched_search_equals_ruptures_and_brute_force(n, count):
    rng = np.random.default_rng(n)
    time = np.sort(rng.choice(np.arange(n + 4), n, replace=False)).astype(float)
    series = rng.standard_normal((12, n)).cumsum(1) + 9
    places, squares = search_batch(series, time, count)
    for z, place, square in zip(series, places, squares, strict=True):
        signal = np.column_stack([z - z.mean(), np.ones(n), time - time.mean()])
        found = (
            ruptures.Dynp(model="linear", min_size=LEAST_SEGMENT, jump=1).fit(signal).predict(n_bkps=count)
        )
        assert found[:-1] == list(place)
        cost = ruptures.costs.CostLinear().fit(signal)
        assert cost.sum_of_costs([*map(int, place), n]) == pytest.approx(square)
        assert np.diff([0, *place, n]).min() >= LEAST_SEGMENT


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: trend([1, 2, 3, 5], range(4)), "4 periods are too few: a trend needs at least 5"),
        (lambda: trend([3] * 8, range(8)), "y is constant .3 in all 8 periods."),
        (lambda: trend([1, 2, 0, 4, 5], range(2001, 2006)), "period 2003 is 0; logarithms"),
        (lambda: trend([1, 2, -3, 4, 5], range(5)), "above zero"),
        (lambda: trend([1, 2, np.nan, 4, 5], range(5)), "period 2 is nan; leave"),
        (lambda: trend([1, 2, np.inf, 4, 5], range(5)), "period 2 is inf"),
        (lambda: trend([1, 2, 3, 4, 5], [1, 2, 2, 3, 4]), "Period 2 comes more than once"),
        (lambda: trend([1, 2, 3, 4, 5], [1, 2, 2.5, 3, 4]), "whole numbers"),
        (lambda: trend([1, 2, 3, 4, 5], range(4)), "one period for each"),
        (lambda: trend([[1, 2], [3, 4]], range(4)), "one row of numbers"),
        (lambda: trend([1, None, "x", 4, 5], range(5)), "y must be numbers"),
        (lambda: trend([1, 2, 3, 4, 5], list("abcde")), "write 2017, 2016/17"),
        (lambda: trend([1, 2, 3, 5, 4], range(5), errors="glsar"), "must be one of ar1, model, hac"),
        (lambda: trend([1, 2, 3, 5, 4], range(5), level=95), "above 0 and below 1"),
        (lambda: trend([1, 2, 3, 5, 4], [1, 2, 3, 5, 6], errors="hac"), "4 is missing"),
        (lambda: trend([1, 2, 3, 5, 4], range(5), exposure=[1, 2, 0, 4, 5]), "An exposure is 0"),
        (lambda: trend([1, 2, 3, 5, 4], range(5), exposure=[1, 2, 3]), "3 exposures do not go with 5"),
        (lambda: trend([1, 2, 3, 5, 4], range(5), offset=[1, np.nan, 3, 4, 5]), "An offset is missing"),
        (lambda: trend([1, 2, 3, 5, 4], range(5), offset=[1] * 5, exposure=[1] * 5), "not both"),
        (lambda: trend([1, 2, 3, 5, 4], range(5), exposure=[2, 4, 6, 10, 8]), "same multiple"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()


def test_labels_of_years_are_years():
    y = noisy(9, n=6)
    labels = [f"FY {year}" for year in range(2015, 2021)]
    assert trend(y, labels).slope == trend(y, range(2015, 2021)).slope
    fiscal = [f"{year}/{year - 1999}" for year in range(2015, 2021)]
    assert trend(y, fiscal).slope == trend(y, range(2015, 2021)).slope


def test_periods_are_told_as_the_series_writes_them():
    step = np.where(np.arange(24) < 12, 100.0, 300.0) * np.exp(
        0.05 * np.random.default_rng(4).normal(size=24)
    )
    quarters = [f"{2010 + k // 4}-Q{k % 4 + 1}" for k in range(24)]
    found = trend(step, quarters)
    assert found.breaks.table["period"].tolist() == ["2013-Q1"]
    assert "2013-Q1" in found.breaks.sentence
    fiscal = [f"{1990 + k}/{(91 + k) % 100:02d}" for k in range(24)]
    assert trend(step, fiscal, breaks=False).fitted["period"].tolist() == fiscal
    with pytest.raises(InputError, match="period 2010-Q3 is 0"):
        trend([1, 2, 0, 4, 5], quarters[:5])
    with pytest.raises(InputError, match="Period 2010-Q2 comes more than once"):
        trend([1, 2, 3, 4, 5], [*quarters[:4], quarters[1]])
    with pytest.raises(InputError, match="hac errors need every period; 2010-Q4 is missing"):
        trend(step[:6], [*quarters[:3], *quarters[4:7]], errors="hac")


def test_the_search_in_blocks_is_the_search(monkeypatch):
    series = np.random.default_rng(3).standard_normal((7, 15)).cumsum(1)
    time = np.arange(15.0)
    whole = search_batch(series, time, 2)
    monkeypatch.setattr("analysis.models.structural_breaks.BLOCK", 2 * 15**2)
    for one, other in zip(whole, search_batch(series, time, 2), strict=True):
        assert np.array_equal(one, other)
