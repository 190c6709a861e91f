"""Interrupted time series: against statsmodels, against known truth, and every refusal."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.models import integrated_contrast, interrupted
from analysis.models.bootstrap import ar1_draws
from analysis.models.pooling import pooled

MONTHS = [f"{2015 + m // 12}-{m % 12 + 1:02d}" for m in range(48)]
YEARS = np.arange(2001, 2021)


def yearly(seed=0, n=20, step=-0.3, ramp=0.05, sd=0.05, rho=0.3):
    t = np.arange(2001, 2001 + n)
    after = t >= 2011
    eta = 8 + 0.04 * (t - 2001) + step * after + ramp * after * (t - 2011)
    return np.exp(eta + sd * ar1_draws(rho, np.ones(n - 1), 1, np.random.default_rng(seed))[0])


def design(t, at):
    step = (t >= at).astype(float)
    return np.column_stack([np.ones(len(t)), t, step, step * (t - at)])


def counts(seed=0, n=48, alpha=0.0):
    rng = np.random.default_rng(seed)
    t = np.arange(1, n + 1)
    mean = np.exp(3 + 0.01 * t - 0.3 * (t >= 25) + 0.2 * np.sin(2 * np.pi * t / 12))
    return rng.poisson(mean * rng.gamma(1 / alpha, alpha, n) if alpha else mean)


def test_the_effects_are_contrasts_of_the_coefficients():
    effect = interrupted(yearly(), YEARS, 2011)
    beta = effect.coefficients["estimate"]
    logs = np.log(effect.ratios["estimate"])
    assert logs["at once"] == pytest.approx(beta["step"])
    for name, k in (("after 1", 1), ("after 3", 3), ("mean of first 3", 1)):
        assert logs[name] == pytest.approx(beta["step"] + k * beta["ramp"])
    assert (effect.n_before, effect.n_after, effect.inference) == (10, 10, "integrated")
    ratio = effect.fitted["estimate"] / effect.counterfactual["estimate"]
    assert ratio[:10].to_numpy() == pytest.approx(1)
    assert ratio[13] == pytest.approx(effect.ratios.loc["after 3", "estimate"])
    after = effect.fitted["time"] >= 2011
    lost = (effect.fitted["estimate"] - effect.counterfactual["estimate"])[after].sum()
    assert effect.cumulative["estimate"] == pytest.approx(lost, rel=0.01)  # a mean over rho of exponentials
    assert effect.cumulative["lower"] < lost < effect.cumulative["upper"]
    # the t of a ratio in the table is that of its interval
    assert (effect.ratios["p"] < 0.05).tolist() == (
        (effect.ratios["lower"] > 1) | (effect.ratios["upper"] < 1)
    ).tolist()


def test_coverage_of_the_default_interval_and_recovery():
    hits, estimates = [], []
    for seed in range(120):
        ratios = interrupted(yearly(seed, sd=0.1, rho=0.4), YEARS, 2011).ratios.loc["mean of first 3"]
        hits.append(ratios["lower"] <= np.exp(-0.25) <= ratios["upper"])
        estimates.append(np.log(ratios["estimate"]))
    assert np.mean(hits) >= 0.89
    assert np.mean(estimates) == pytest.approx(-0.25, abs=0.03)


@pytest.mark.parametrize("errors", ["model", "hac", "glsar"])
def test_loglinear_equals_statsmodels(errors):
    y = yearly()
    effect = interrupted(y, YEARS, 2011, errors=errors)
    x = design(YEARS - 2000, 2011 - 2000)
    if errors == "glsar":
        found = sm.GLSAR(np.log(y), x, rho=1).iterative_fit(10, rtol=0)
    elif errors == "hac":
        how = {"maxlags": int(np.floor(4 * (20 / 100) ** (2 / 9))), "use_correction": True}
        found = sm.OLS(np.log(y), x).fit(cov_type="HAC", cov_kwds=how)
    else:
        found = sm.OLS(np.log(y), x).fit()
        np.testing.assert_allclose(effect.coefficients["lower"][1:], found.conf_int()[1:, 0], rtol=1e-8)
    np.testing.assert_allclose(effect.coefficients["estimate"][1:], found.params[1:], rtol=1e-7)
    np.testing.assert_allclose(effect.coefficients["se"][1:], found.bse[1:], rtol=1e-7)
    assert (effect.rho is None) == (errors != "glsar")


@pytest.mark.parametrize("errors", ["model", "hac"])
@pytest.mark.parametrize("family", ["poisson", "quasipoisson", "negbin"])
def test_counts_equal_statsmodels(family, errors):
    t, y = np.arange(1, 49), counts(3, alpha=0.1)
    offset = np.log(1000 + 10.0 * t)
    temperature = np.random.default_rng(1).normal(size=48)
    effect = interrupted(
        y,
        t,
        25,
        family=family,
        offset=offset,
        harmonics=1,
        covariates={"temperature": temperature},
        errors=errors,
        inference="normal",
        hac_lags=3,
    )
    x = np.column_stack([design(t, 25), np.sin(2 * np.pi * t / 12), np.cos(2 * np.pi * t / 12), temperature])
    kind = sm.families.Poisson()
    if family == "negbin":
        kind = sm.families.NegativeBinomial(alpha=effect.dispersion)
        best = sm.NegativeBinomial(y, x, offset=offset).fit(disp=0, maxiter=500, method="bfgs")
        assert effect.dispersion == pytest.approx(best.params[-1], rel=1e-2)
    how = {"scale": "X2"} if (family, errors) == ("quasipoisson", "model") else {}
    if errors == "hac":
        how = {"cov_type": "HAC", "cov_kwds": {"maxlags": 3, "use_correction": True}}
    found = sm.GLM(y, x, offset=offset, family=kind).fit(tol=1e-13, tol_criterion="params", **how)
    np.testing.assert_allclose(effect.coefficients["estimate"], found.params, rtol=1e-6, atol=1e-8)
    # statsmodels puts the observed information of the negative binomial into its sandwich, we the expected
    tolerance = 0.1 if (family, errors) == ("negbin", "hac") else 1e-6
    np.testing.assert_allclose(effect.coefficients["se"], found.bse, rtol=tolerance)
    assert list(effect.coefficients.index[-3:]) == ["sin1", "cos1", "temperature"]


def test_negative_binomial_of_poisson_counts_is_poisson():
    t = np.arange(1, 49)
    y = np.round(np.exp(3 + 0.01 * t)) + t % 2  # spreads less than Poisson
    one, other = (interrupted(y, t, 25, family=f, errors="model") for f in ("negbin", "poisson"))
    assert one.dispersion == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(one.coefficients["se"], other.coefficients["se"], rtol=1e-4)


@settings(max_examples=25, deadline=None)
@given(factor=st.floats(0.01, 1000), shift=st.integers(-1500, 1500), seed=st.integers(0, 50))
def test_units_and_the_start_of_the_calendar_change_no_ratio(factor, shift, seed):
    y = yearly(seed)
    one = interrupted(y, YEARS, 2011)
    other = interrupted(y * factor, YEARS + shift, 2011 + shift)
    np.testing.assert_allclose(other.ratios, one.ratios, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(
        other.cumulative["estimate"], factor * one.cumulative["estimate"], rtol=1e-3, atol=1e-3 * factor
    )


def test_an_offset_is_a_denominator():
    people = np.linspace(100, 180, 20)
    rate = interrupted(yearly() / people, YEARS, 2011)
    offset = interrupted(yearly(), YEARS, 2011, offset=np.log(people))
    np.testing.assert_allclose(rate.ratios, offset.ratios, rtol=1e-4)
    np.testing.assert_allclose(offset.fitted["estimate"], rate.fitted["estimate"] * people)


def test_impacts():
    y = yearly(ramp=0.0, sd=0.01)
    step = interrupted(y, YEARS, 2011, impact="step")
    assert step.ratios["estimate"].iloc[:3].nunique() == 1
    window = interrupted(y[:13], YEARS[:13], 2011, impact="step")  # nothing later enters the primary row
    pd.testing.assert_series_equal(step.ratios.loc["mean of first 3"], window.ratios.loc["mean of first 3"])
    assert window.ratios.loc["mean of first 3", "estimate"] == window.ratios.loc["at once", "estimate"]
    assert step.coefficients.loc["step", "estimate"] == pytest.approx(-0.3, abs=0.05)
    lagged = interrupted(y, YEARS, 2010, impact="lagged")
    pd.testing.assert_frame_equal(lagged.coefficients, step.coefficients)
    pd.testing.assert_frame_equal(interrupted(y, YEARS, 2008, impact="lagged", lag=3).ratios, step.ratios)
    ramp = interrupted(yearly(step=0.0, sd=0.01), YEARS, 2011, impact="ramp")
    assert ramp.ratios.loc["at once", "estimate"] == 1
    assert np.log(ramp.ratios.loc["after 3", "estimate"]) == pytest.approx(0.15, abs=0.03)
    short = np.exp(np.where((YEARS >= 2011) & (YEARS <= 2012), 0.5, 0)) * yearly(step=0, ramp=0, sd=0.01)
    pulse = interrupted(short, YEARS, 2011, impact="pulse", until=2012)
    assert pulse.coefficients.loc["pulse", "estimate"] == pytest.approx(0.5, abs=0.05)
    assert pulse.ratios.loc["after 3", ["estimate", "lower", "upper"]].tolist() == [1, 1, 1]
    assert np.log(pulse.ratios.loc["mean of first 3", "estimate"]) == pytest.approx(1 / 3, abs=0.05)


def test_a_series_that_ends_early_has_no_later_ratio():
    effect = interrupted(yearly()[:13], YEARS[:13], 2011)
    assert effect.ratios.loc["after 3"].drop("df").isna().all()
    assert effect.ratios.loc["mean of first 3"].notna().all()


@pytest.mark.parametrize(
    ("time", "at"),
    [
        (MONTHS[:20], "2015-11"),
        (pd.date_range("2015-01-01", periods=20, freq="MS"), pd.Timestamp("2015-11-01")),
        (pd.period_range("2015-01", periods=20, freq="M"), "2015-11"),
        ([f"{2000 + q // 4}Q{q % 4 + 1}" for q in range(20)], "2002Q3"),
        ([f"FY {y}" for y in YEARS], "FY 2011"),
        ([str(y) for y in YEARS], 2011),
        (pd.date_range("2015-01-05", periods=20, freq="7D"), "2015-03-16"),
        (2000 + np.arange(20) / 4, 2002.5),
    ],
)
def test_any_way_to_write_time(time, at):
    found = interrupted(yearly(), time, at)
    np.testing.assert_allclose(found.ratios, interrupted(yearly(), YEARS, 2011).ratios, rtol=1e-5)


def test_gaps_are_refused_unless_allowed():
    kept = np.delete(np.arange(20), [3, 4])
    y, t = yearly()[kept], YEARS[kept]
    with pytest.raises(InputError, match=r"missing between 2003 and 2006; .*gaps=True"):
        interrupted(y, t, 2011)
    with pytest.raises(InputError, match="errors hac need every period"):
        interrupted(y, t, 2011, errors="hac", gaps=True)
    assert interrupted(y, t, 2011, gaps=True).n_before == 8


@pytest.mark.parametrize(
    ("time", "at"),
    [
        ([f"{y}/{(y + 1) % 100:02d}" for y in YEARS], "2011/12"),
        ([f"{2000 + h // 2}H{h % 2 + 1}" for h in range(20)], "2005H1"),
        ([f"{2000 + h // 2}-{'01' if h % 2 == 0 else '07'}-01" for h in range(20)], "2005-01-01"),
        ([f"{2015 + m // 12}-{m % 12 + 1:02d}-01" for m in range(20)], "2015-11"),
    ],
)
def test_halves_fiscal_years_and_first_days_of_months(time, at):
    found = interrupted(yearly(), time, at)
    np.testing.assert_allclose(found.ratios, interrupted(yearly(), YEARS, 2011).ratios, rtol=1e-5)


def test_quarters_have_a_pattern_of_four():
    quarters = [f"{2000 + q // 4}Q{q % 4 + 1}" for q in range(40)]
    y = np.exp(yearly(n=40, step=0, ramp=0, sd=0.01) * 0 + 5 + 0.5 * (np.arange(40) % 4 == 3))
    y *= yearly(n=40, step=0, ramp=0, sd=0.02)
    found = interrupted(y, quarters, "2006Q1", harmonics=1)
    assert found.dispersion < interrupted(y, quarters, "2006Q1").dispersion
    pd.testing.assert_frame_equal(
        found.ratios, interrupted(y, quarters, "2006Q1", harmonics=1, period=4).ratios
    )


def test_the_default_is_the_integrated_contrast():
    y = yearly()
    effect = interrupted(y, YEARS, 2011)
    found = integrated_contrast(np.log(y), design(YEARS, 2011), [[0, 0, 1, 0], [0, 0, 1, 1]])
    for row, name in enumerate(("at once", "mean of first 3")):
        ours = effect.effects.loc[name, ["estimate", "se", "p", "lower", "upper"]]
        theirs = [getattr(found, column)[row] for column in ours.index]
        np.testing.assert_allclose(ours.astype(float), theirs, rtol=1e-6)
    assert effect.rho == pytest.approx(found.rho)


def test_a_level_course_and_levels():
    y = yearly(ramp=0.0)
    flat = interrupted(y, YEARS, 2011, impact="step", trend=False)
    assert list(flat.coefficients.index) == ["intercept", "step"]
    level = interrupted(y - 4000, YEARS, 2011, impact="step", scale="level")
    other = interrupted(-2 * (y - 4000) + 9, YEARS, 2011, impact="step", scale="level")
    # an effect on levels follows every change of unit and of origin
    ends = ["estimate", "lower", "upper"]
    np.testing.assert_allclose(level.effects[ends] * -2, other.effects[["estimate", "upper", "lower"]])
    ratio = 1 + level.effects["estimate"] / [level.counterfactual["estimate"][k] for k in (10, 11, 13, 11)]
    np.testing.assert_allclose(level.ratios["estimate"], ratio)
    people = np.linspace(2, 3, 20)
    rate = interrupted(y / people, YEARS, 2011, scale="level")
    pd.testing.assert_frame_equal(
        rate.effects, interrupted(y, YEARS, 2011, scale="level", exposure=people).effects
    )


def test_a_campaign_that_ends_and_what_stays():
    during = (YEARS >= 2009) & (YEARS <= 2011)
    y = np.exp(0.5 * during + 0.2 * (YEARS > 2011)) * yearly(step=0, ramp=0, sd=0.01)
    found = interrupted(y, YEARS, 2009, impact="pulse+after", until=2011).coefficients["estimate"]
    assert found[["pulse", "after"]].tolist() == pytest.approx([0.5, 0.2], abs=0.05)
    dates = interrupted(y, YEARS, [2009, 2012], impact="step")
    both = dates.coefficients["estimate"]
    assert both[["step", "step2"]].tolist() == pytest.approx(
        [found["pulse"], found["after"] - found["pulse"]]
    )
    assert dates.ratios.loc["after 3", "estimate"] == pytest.approx(np.exp(both["step"] + both["step2"]))


def test_the_summary_and_the_sentence():
    effect = interrupted(yearly(), YEARS, 2011)
    ratio = effect.ratios.loc["mean of first 3"]
    assert effect.sentence().startswith(
        f"Over the first 3 periods from 2011 on the series stood {1 - ratio['estimate']:.0%} below its own course"
    )
    assert effect.summary()["mean of first 3"].startswith(f"{ratio['estimate'] - 1:+.1%} (")


def test_draws_widen_what_the_series_leaves_open():
    y = yearly()
    rng = np.random.default_rng(0)
    plain = interrupted(y, YEARS, 2011)
    same = interrupted(y, YEARS, 2011, draws=np.vstack([y, y]))
    np.testing.assert_allclose(same.ratios["estimate"], plain.ratios["estimate"], rtol=1e-3)
    assert (plain.missing_fraction, same.missing_fraction) == pytest.approx((0, 0))
    fractions, widths = [], []
    for sd in (0.01, 0.1):
        draws = y * np.exp(sd * rng.standard_normal((40, 20)))
        effect = interrupted(y, YEARS, 2011, draws=draws, errors="model")
        fractions.append(effect.missing_fraction)
        widths.append(np.log(effect.ratios.loc["mean of first 3", "upper"]))
        widths[-1] -= np.log(effect.ratios.loc["mean of first 3", "lower"])
    assert 0 < fractions[0] < fractions[1] < 1
    assert widths[0] < widths[1]
    mixed = interrupted(y, YEARS, 2011, draws=draws)
    assert 0 < mixed.missing_fraction < 1
    assert (
        interrupted(np.round(y), YEARS, 2011, draws=np.round(draws), family="negbin", errors="hac").rho
        is None
    )


def test_rubins_rules_by_hand():
    # Barnard and Rubin (1999) with M = 3, complete-data df 10
    q, u = np.array([[1.0], [2.0], [3.0]]), np.array([[0.5], [0.5], [0.5]])
    found = pooled(q, u, np.full((3, 1), 10.0))
    total = 0.5 + 4 / 3
    share = (4 / 3) / total
    df = 1 / (share**2 / 2 + 1 / (11 / 13 * 10 * (1 - share)))
    assert found.estimate[0] == 2
    assert found.variance[0] == pytest.approx(total)
    assert found.df[0] == pytest.approx(df)
    assert found.missing[0] == pytest.approx(share)


def changed(**options):
    return {"y": yearly(), "time": YEARS, "at": 2011} | options


def with_value(k, value):
    y = yearly()
    y[k] = value
    return y


REFUSED = [
    (changed(at=2004), "3 periods before 2004, at least 4 are needed for step\\+ramp"),
    (changed(at=2019), "2 periods from 2019 on, at least 3 are needed for step\\+ramp"),
    (changed(at=2030), "event at 2030 is outside the series, which runs from 2001 to 2020"),
    (changed(at=2001), "outside the series"),
    (changed(at="soon"), "'soon' is no period of this series"),
    (changed(y=np.full(20, 5.0)), "constant"),
    (changed(y=with_value(4, 0.0)), "zero, which has no logarithm in 2005; use family quasipoisson"),
    (changed(y=with_value(4, -1.0)), "below zero in 2005"),
    (changed(y=with_value(4, np.nan)), "missing or infinite in 2005"),
    (changed(y=["a"] * 20), "must be numbers"),
    (changed(y=np.ones((20, 2))), "one row of numbers"),
    (changed(time=YEARS[:-1]), "19 periods do not go with 20 values"),
    (changed(time=np.r_[YEARS[:-1], 2019]), "2019 follows 2019"),
    (changed(time=np.r_[YEARS[:-1], 2020.4]), "not equally spaced"),
    (changed(time=["May"] * 20), "more than one way"),
    (changed(time=[None] * 20), "no period|is missing|no time"),
    (changed(covariates={"twice": 2.0 * YEARS}), "'twice' is a combination of .*perfect collinearity"),
    (changed(covariates={"step": YEARS}), "name of a term"),
    (changed(covariates={"x": [1.0]}), "1 values; the series has 20"),
    (changed(covariates={"x": np.r_[np.nan, np.ones(19)]}), "must be known in all"),
    (changed(covariates={"x": ["a"] * 20}), "must be numbers"),
    (changed(impact="jump"), "choose step, ramp, step\\+ramp, pulse, pulse\\+after, lagged"),
    (changed(impact="pulse"), "needs `until`"),
    (changed(impact="pulse", until=2009), "before it starts"),
    (changed(until=2015), "leave it out"),
    (changed(lag=-1), "0 or more"),
    (changed(harmonics=1.5), "harmonics must be a whole number"),
    (changed(harmonics=1, period=2), "too many for a period of 2; at most 0"),
    (changed(harmonics=1, period=-2), "above 0"),
    (changed(family="gamma"), "choose loglinear, linear, poisson, quasipoisson, negbin"),
    (changed(family="poisson"), "does not go with errors 'ar1'; possible are .*poisson with model, hac"),
    (changed(errors="white"), "loglinear with ar1, model, hac, glsar"),
    (changed(inference="bayes"), "choose integrated, t, normal"),
    (changed(inference="integrated", errors="hac"), "family loglinear or linear and errors ar1 only"),
    (changed(lowest=1.0), "lowest must be above -1 and below 0.995"),
    (changed(at=[2011, 2009]), "in order of time"),
    (changed(at=[2011, 2030]), "event at 2030 is outside the series"),
    (changed(at=[2009, 2011], impact="pulse", until=2012), "takes one date"),
    (changed(scale="level", family="poisson", errors="model"), "goes with least squares"),
    (changed(scale="square"), "one of log, level"),
    (changed(level=95), "above 0 and below 1"),
    (changed(offset=np.r_[-np.inf, np.ones(19)]), "cannot be used in 2001; `offset` is log\\(denominator\\)"),
    (changed(offset=[1.0]), "has 1 values"),
    (changed(exposure=np.zeros(20)), "above 0"),
    (changed(exposure=np.ones(20), offset=np.ones(20)), "once"),
    (changed(draws=yearly()), "draws must be rows of numbers"),
    (changed(draws=np.vstack([yearly(), with_value(2, np.nan)])), "A draw is missing or infinite in 2003"),
    (changed(draws=[["a"] * 20] * 2), "draws must be numbers"),
    (changed(y=yearly()[:8], time=YEARS[:8], at=2005, harmonics=2), "too few for 8 coefficients"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED, ids=[words[:40] for _, words in REFUSED])
def test_refusals(options, words):
    with pytest.raises(InputError, match=words) as refused:
        interrupted(**options)
    assert len(str(refused.value).splitlines()) == 1


def test_labels_stand_in_messages():
    with pytest.raises(InputError, match="3 periods before 2015-04, at least 4 are needed for step\\+ramp"):
        interrupted(counts(), MONTHS, "2015-04", family="quasipoisson", errors="model")


@pytest.mark.parametrize("family", ["poisson", "quasipoisson", "negbin"])
def test_a_step_without_bound_is_refused(family):
    y = np.where(np.arange(48) >= 24, 0, counts())
    with pytest.raises(InputError, match="does not converge"):
        interrupted(y, MONTHS, "2017-01", impact="step", family=family, errors="model")


@pytest.mark.filterwarnings("error")
def test_nothing_warns():
    interrupted(counts(), MONTHS, "2017-01", family="negbin", errors="model", harmonics=2)
    interrupted(yearly()[:12], YEARS[:12], 2009, impact="step")


def test_what_stays_after_an_end_and_what_later_dates_did_is_in_the_summary():
    noise = np.exp(0.02 * np.random.default_rng(8).normal(size=24))
    y = 100 * noise * np.where(np.arange(24) >= 18, 1.5, np.where(np.arange(24) >= 10, 2.0, 1.0))
    quarters = [f"{2010 + k // 4}Q{k % 4 + 1}" for k in range(24)]
    ended = interrupted(y, quarters, "2012Q3", until="2014Q2", impact="pulse+after", trend=False)
    assert "after" in ended.summary().index
    assert 1.4 < np.exp(ended.coefficients.loc["after", "estimate"]) < 1.6
    assert ended.summary()["after"].startswith(
        f"{np.expm1(ended.coefficients.loc['after', 'estimate']):+.1%}"
    )
    twice = interrupted(y, quarters, ["2012Q3", "2014Q3"], impact="step", trend=False, scale="level")
    assert -70 < float(twice.summary()["step2"].split()[0]) < -30
    assert "step2" not in interrupted(y, quarters, "2012Q3", impact="step").summary().index


def test_levels_about_zero_are_told_in_their_unit():
    noise = np.random.default_rng(3).normal(size=20)
    y = noise - 2 + 30 * (np.arange(20) >= 12)
    found = interrupted(y, range(2000, 2020), 2012, impact="step", trend=False, scale="level")
    assert found.ratios["estimate"].isna().all()
    effect = found.effects.loc["mean of first 3", "estimate"]
    assert effect == pytest.approx(30, abs=1.5)
    assert f"the series stood {effect:.3g} above its own course" in found.sentence()
    assert found.summary()["at once"] == "none"
    assert found.summary()["mean of first 3, in units of y"].startswith(f"{effect:.3g}")


@pytest.mark.parametrize(
    ("time", "at"),
    [
        ([f"{2010 + k // 4}Q{k % 4 + 1}" for k in range(20)], "2030Q2"),
        ([f"{1990 + k}/{(91 + k) % 100:02d}" for k in range(20)], "2029/30"),
        (list(range(2000, 2020)), "2030"),
    ],
)
def test_an_event_outside_is_told_as_it_was_written(time, at):
    with pytest.raises(
        InputError, match=f"The event at {at} is outside the series, which runs from {time[0]}"
    ):
        interrupted(np.exp(np.random.default_rng(1).normal(size=20)), time, at, impact="step")
