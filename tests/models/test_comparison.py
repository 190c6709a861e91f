"""Comparison designs against statsmodels, known truths, exact nulls and every sentence of refusal."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.models import common_periods, compared, interrupted, placebo_dates
from analysis.models.comparison import DESIGNS

FIRST, AT = 2005, 2015


def made(units=8, periods=16, effect=0.0, seed=0, treated=1, noise=0.1, trend=0.0, rho=0.0):
    """A long panel: unit levels, common shocks, noise, and an effect on the first units from 2015 on."""
    rng = np.random.default_rng(seed)
    errors = rng.normal(size=(units, periods)) * noise
    for t in range(1, periods):
        errors[:, t] += rho * errors[:, t - 1]
    log_y = rng.normal(6, 1, (units, 1)) + rng.normal(0, 0.3, periods) + errors
    after = np.arange(FIRST, FIRST + periods) >= AT
    log_y[:treated] += effect * after + trend * np.arange(periods)
    names = [f"u{i:02d}" for i in range(units)]
    return pd.DataFrame(
        {
            "unit": np.repeat(names, periods),
            "period": np.tile(np.arange(FIRST, FIRST + periods), units),
            "y": np.exp(log_y).ravel(),
        }
    )


def dummies(panel, treated, horizon=3):
    frame = panel[panel["period"] < AT + horizon].copy()
    frame["log_y"] = np.log(frame["y"])
    frame["d"] = (frame["unit"].isin(treated) & (frame["period"] >= AT)).astype(float)
    return smf.ols("log_y ~ d + C(unit) + C(period)", frame), frame


@pytest.mark.parametrize("treated", [["u00"], ["u00", "u03"]])
@pytest.mark.parametrize("holes", [[], [("u02", 2008), ("u05", 2016), ("u00", 2006), ("u07", 2005)]])
def test_did_is_two_way_fixed_effects(treated, holes):
    panel = made(effect=0.4, treated=2)
    for unit, period in holes:
        panel = panel[~((panel["unit"] == unit) & (panel["period"] == period))]
    ours = compared(panel, treated, AT)
    model, _ = dummies(panel, treated)
    assert ours.estimate == pytest.approx(model.fit().params["d"], abs=1e-8)
    assert ours.ratio == pytest.approx(np.exp(ours.estimate))


def test_each_placebo_is_its_own_regression():
    panel = made(effect=0.4)
    panel = panel[~((panel["unit"] == "u03") & (panel["period"] == 2007))]
    ours = compared(panel, "u00", AT).placebos.set_index("units")["estimate"]
    for unit in ("u00", "u01", "u03", "u07"):
        assert ours[unit] == pytest.approx(dummies(panel, [unit])[0].fit().params["d"], abs=1e-8)


def test_the_cluster_robust_test_is_statsmodels():
    panel = made(units=20, treated=9, effect=0.1)
    treated = [f"u{i:02d}" for i in range(9)]
    ours = compared(panel, treated, AT)
    model, frame = dummies(panel, treated)
    codes = pd.factorize(frame["unit"])[0]
    theirs = model.fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
    assert ours.cluster is not None
    assert ours.cluster.se == pytest.approx(theirs.bse["d"], rel=1e-8)
    assert ours.cluster.p == pytest.approx(theirs.pvalues["d"], rel=1e-8)
    assert [ours.cluster.lower, ours.cluster.upper] == pytest.approx(
        list(theirs.conf_int().loc["d"]), rel=1e-8
    )
    assert compared(panel, treated[:7], AT).cluster is None


@pytest.mark.parametrize("hole", [None, ("u04", 2009)])
def test_event_study_is_a_regression_on_leads_and_lags(hole):
    panel = made(effect=0.3)
    if hole:
        panel = panel[~((panel["unit"] == hole[0]) & (panel["period"] == hole[1]))]
    ours = compared(panel, "u00", AT, design="event")
    frame = panel.assign(log_y=np.log(panel["y"]))
    others = [p for p in range(FIRST, FIRST + 16) if p != AT - 1]
    for p in others:
        frame[f"e{p}"] = ((frame["unit"] == "u00") & (frame["period"] == p)).astype(float)
    formula = "log_y ~ C(unit) + C(period) + " + " + ".join(f"e{p}" for p in others)
    theirs = smf.ols(formula, frame).fit().params
    leads = ours.leads.set_index("period")["estimate"]
    assert leads[others].to_numpy() == pytest.approx(theirs[[f"e{p}" for p in others]].to_numpy(), abs=1e-8)
    assert leads[AT - 1] == pytest.approx(0, abs=1e-12)
    assert ours.estimate == pytest.approx(leads[[AT, AT + 1, AT + 2]].mean())


def test_event_study_of_several_treated_units():
    panel = made(effect=0.3, treated=3)
    ours = compared(panel, ["u00", "u01", "u02"], AT, design="event")
    wide = np.log(panel.pivot(index="unit", columns="period", values="y"))
    difference = wide[:3].mean() - wide[3:].mean()
    assert ours.leads["estimate"].to_numpy() == pytest.approx((difference - difference[AT - 1]).to_numpy())
    assert ours.estimate == pytest.approx(ours.leads.set_index("k")["estimate"][[0, 1, 2]].mean())


def test_the_gap_of_did_averages_to_its_estimate_and_has_no_mean_before():
    ours = compared(made(effect=0.5), "u00", AT)
    path = ours.path.set_index("period")
    assert path.loc[AT : AT + 2, "gap"].mean() == pytest.approx(ours.estimate)
    assert path.loc[: AT - 1, "gap"].mean() == pytest.approx(0, abs=1e-12)
    assert (path["treated"] - path["counterfactual"]).to_numpy() == pytest.approx(path["gap"].to_numpy())
    assert (path["lower"] < path["gap"]).all()


def test_synthetic_control_finds_a_known_mix():
    panel = made(units=7, noise=0.3, seed=3)
    wide = np.log(panel.pivot(index="unit", columns="period", values="y"))
    wide.loc["u00"] = 0.5 * wide.loc["u02"] + 0.3 * wide.loc["u04"] + 0.2 * wide.loc["u05"]
    wide.loc["u00", AT:] += 0.25
    mixed = np.exp(wide).stack().rename("y").reset_index()
    ours = compared(mixed, "u00", AT, design="synthetic")
    weights = ours.weights.set_index("unit")["weight"]
    assert weights[["u02", "u04", "u05"]].to_numpy() == pytest.approx([0.5, 0.3, 0.2], abs=1e-4)
    assert weights.sum() == pytest.approx(1)
    assert ours.estimate == pytest.approx(0.25, abs=1e-4)
    assert ours.p == ours.floor == pytest.approx(1 / 7)
    raised = mixed.assign(y=mixed["y"] * np.where(mixed["unit"] == "u00", 50.0, 1.0))
    assert compared(raised, "u00", AT, design="synthetic").estimate > 1  # beyond all controls
    assert compared(raised, "u00", AT, design="synthetic", demean=True).estimate == pytest.approx(
        0.25, abs=1e-3
    )


def test_simplex_weights_beat_every_mix_tried():
    from analysis.models.synthetic import simplex_weights

    rng = np.random.default_rng(2)
    target, donors = rng.normal(size=9), rng.normal(size=(6, 9))
    best = np.sum((target - simplex_weights(target, donors) @ donors) ** 2)
    tried = rng.dirichlet(np.full(6, 0.3), 20_000) @ donors
    assert best <= np.sum((target - tried) ** 2, axis=1).min() + 1e-7


@pytest.mark.parametrize("design", DESIGNS)
def test_an_effect_is_recovered(design):
    estimates = [
        compared(made(effect=0.5, seed=s), "u00", AT, design=design, demean=True).estimate for s in range(12)
    ]
    assert np.mean(estimates) == pytest.approx(0.5, abs=0.08)


def test_a_drift_apart_fools_did_and_not_cits():
    panel = made(trend=0.1, noise=0.02)
    assert compared(panel, "u00", AT).estimate > 0.5
    cits = compared(panel, "u00", AT, design="cits")
    assert abs(cits.estimate) < 0.1
    assert cits.lower < 0 < cits.upper
    before = compared(made(units=12, trend=0.1, noise=0.02), "u00", AT).before
    assert before.could_fail
    assert before.p == before.slope_p == before.floor == pytest.approx(1 / 12)
    assert before.slope == pytest.approx(0.1, abs=0.01)
    assert not compared(panel, "u00", AT).before.could_fail


def test_cits_with_a_ramp_averages_it_over_the_window():
    panel = made(noise=0.01)
    ramp = np.where(
        (panel["unit"] == "u00") & (panel["period"] >= AT), 0.3 + 0.1 * (panel["period"] - AT), 0.0
    )
    panel["y"] *= np.exp(ramp)
    ours = compared(panel, "u00", AT, design="cits", impact="step+ramp")
    assert ours.estimate == pytest.approx(0.4, abs=0.03)


@pytest.mark.parametrize("design", ["did", "event", "synthetic"])
def test_the_permutation_p_is_uniform_on_its_grid(design):
    """Ten exchangeable units: p takes each of 1/10 .. 10/10 equally often (chi-squared over 200 panels)."""
    panels = [made(units=10, seed=s, rho=0.5) for s in range(200)]
    wide = [np.log(p.pivot(index="unit", columns="period", values="y").loc[:, 2010:2017]) for p in panels]
    found = []
    for w in wide:
        flat = w.sub(w.mean(axis=1), axis=0) if design == "synthetic" else w
        long = np.exp(flat).stack().rename("y").reset_index()
        found.append(compared(long, "u00", AT, design=design).p)
    counts = np.bincount(np.round(np.array(found) * 10).astype(int), minlength=11)[1:]
    assert counts.sum() == 200
    assert np.sum((counts - 20) ** 2 / 20) < 27.9  # 99.9% point at 9 degrees of freedom


@pytest.mark.parametrize("design", ["did", "event", "synthetic"])
def test_the_interval_holds_what_the_test_does_not_refuse(design):
    """At an end of the interval, taking that effect out of the figures brings p across the level."""
    panel = made(units=12, effect=0.3, seed=4)
    ours = compared(panel, "u00", AT, design=design, level=0.8)
    assert np.isfinite([ours.lower, ours.upper]).all()
    for end, inwards in ((ours.lower, 1e-4), (ours.upper, -1e-4)):
        for shift, inside in ((inwards, True), (-inwards, False)):
            hit = (panel["unit"] == "u00") & (panel["period"] >= AT)
            less = panel.assign(y=panel["y"] * np.exp(-(end + shift) * hit))
            assert (compared(less, "u00", AT, design=design).p > 0.2 + 1e-9) == inside


def test_the_interval_is_a_search_over_effects():
    """The closed form agrees with p taken at 4,001 effects, for random quadratics with ties among them."""
    from analysis.models.permutation import linear

    rng = np.random.default_rng(5)
    for _ in range(20):
        estimates = rng.normal(size=30)
        loadings = np.concatenate([[1.0], rng.choice([-0.5, -0.2, 0.0, 0.4], 29)])
        estimates[7], loadings[7] = (
            -estimates[0],
            -1.0,
        )  # the mirror image of the actual assignment: always a tie
        found = linear(estimates, loadings, 0.8)
        tried = np.linspace(-15, 15, 4001)
        size = np.abs(estimates - tried[:, None] * loadings)
        kept = tried[np.mean(size >= size[:, :1] - 1e-12, axis=1) > 0.2 + 1e-9]
        assert [found.lower, found.upper] == pytest.approx([kept.min(), kept.max()], abs=0.0076)


def test_robust_bounds_start_from_the_event_study():
    panel = made(units=12, effect=0.8, noise=0.03)
    event = compared(panel, "u00", AT, design="event")
    for design in ("did", "event", "cits"):
        robust = compared(panel, "u00", AT, design=design).robust
        first = robust.table.iloc[0]
        assert [first["identified_lower"], first["identified_upper"]] == pytest.approx([event.estimate] * 2)
        assert first["lower"] < event.estimate < first["upper"]
        assert 0 < robust.breakdown < np.inf
    assert compared(panel, "u00", AT, design="synthetic").robust is None
    gap = panel[panel["period"] != 2009]
    assert (
        compared(gap, "u00", AT).robust.violation <= robust.violation + 1e-9
    )  # only the run of neighbours counts
    lost = panel[~((panel["unit"] == "u00") & (panel["period"] == AT - 1))]
    assert compared(lost, "u00", AT).robust is None


def test_an_interval_that_cannot_exist_is_infinite_and_says_so():
    ours = compared(made(units=19), "u00", AT)
    assert (ours.lower, ours.upper) == (-np.inf, np.inf)
    assert ours.ratio_interval == (0, np.inf)
    assert "cannot fall below 0.0526" in ours.flags[0]
    assert np.isfinite(compared(made(units=20), "u00", AT).lower)


def test_several_treated_units_are_permuted_as_sets():
    panel = made(units=8, treated=2, effect=1.0)
    ours = compared(panel, ["u00", "u01"], AT)
    assert ours.floor == pytest.approx(1 / 28)
    assert ours.p == ours.floor
    many = made(units=24, treated=6, effect=0.0)
    drawn = compared(many, [f"u{i:02d}" for i in range(6)], AT, seed=1)
    assert drawn.floor == pytest.approx(1 / 2000)
    assert drawn.p == compared(many, [f"u{i:02d}" for i in range(6)], AT, seed=1).p
    assert drawn.p == pytest.approx(compared(many, [f"u{i:02d}" for i in range(6)], AT, seed=2).p, abs=0.05)


def test_half_of_all_units_treated_doubles_the_floor():
    panel = made(units=6, treated=3, effect=2.0)
    ours = compared(panel, ["u00", "u01", "u02"], AT)
    assert ours.p == ours.floor == pytest.approx(2 / 20)
    assert ours.before.floor == pytest.approx(2 / 20)


def test_the_test_over_sets_holds_its_size():
    """Three of nine exchangeable units treated: p at most 0.1 in one panel of ten."""
    treated = ["u00", "u01", "u02"]
    found = [compared(made(units=9, seed=s, periods=13, rho=0.5), treated, AT).p for s in range(200)]
    assert np.mean(np.array(found) <= 0.1 + 1e-9) == pytest.approx(0.1, abs=0.065)


def test_pointwise_bands_cover_and_joint_bands_are_wider():
    inside = []
    for seed in range(150):
        leads = compared(made(units=9, seed=seed, periods=14), "u00", AT, design="event").leads
        leads = leads[leads["k"] != -1]
        inside.append(((leads["lower"] < 0) & (leads["upper"] > 0)).mean())
        assert (leads["upper_joint"] > leads["upper"]).all()
    assert np.mean(inside) == pytest.approx(0.95, abs=0.025)


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(6)), st.floats(0.001, 1e6), st.sampled_from(DESIGNS))
def test_names_order_and_units_of_measurement_change_nothing(order, scale, design):
    panel = made(units=6, effect=0.2, periods=14)
    names = {f"u{i:02d}": f"x{j}" for i, j in enumerate(order)}
    other = panel.assign(unit=panel["unit"].map(names), y=panel["y"] * scale).sample(frac=1, random_state=1)
    first = compared(panel, "u00", AT, design=design)
    second = compared(other, names["u00"], AT, design=design)
    for name in ("estimate", "lower", "upper", "p", "pretrend"):
        assert getattr(second, name) == pytest.approx(getattr(first, name), rel=1e-5, abs=1e-7)


def test_exposure_is_divided_by():
    panel = made(effect=0.2)
    exposure = panel["period"] * 3.0 + panel["unit"].str[1:].astype(float)
    whole = panel.assign(exposure=exposure, y=panel["y"] * exposure)
    assert compared(whole, "u00", AT).estimate == pytest.approx(compared(panel, "u00", AT).estimate)
    empty = panel.assign(exposure=np.nan)
    assert compared(empty, "u00", AT).estimate == compared(panel, "u00", AT).estimate


def test_horizon_and_controls():
    panel = made(effect=0.2)
    late = panel.assign(
        y=panel["y"] * np.where((panel["unit"] == "u00") & (panel["period"] >= 2018), 9.0, 1.0)
    )
    assert compared(late, "u00", AT).estimate == pytest.approx(compared(panel, "u00", AT).estimate)
    assert compared(late, "u00", AT, horizon=None).estimate > compared(panel, "u00", AT).estimate + 1
    assert compared(panel, "u00", AT, horizon=None).n_after == 6
    few = compared(panel, "u00", AT, controls=["u01", "u02"])
    assert (few.n_controls, few.n_before, few.n_after, few.floor) == (2, 10, 3, pytest.approx(1 / 3))
    assert few.path["lower"].isna().all()
    short = panel[panel["period"] <= 2016]
    assert any("2 of 3 periods" in flag for flag in compared(short, "u00", AT).flags)


def test_placebo_dates_rank_the_real_one():
    ours = placebo_dates(made(effect=1.0), "u00", AT)
    assert list(ours.table["at"]) == [2015, 2007, 2008, 2009, 2010, 2011, 2012]
    assert ours.p == ours.floor == pytest.approx(1 / 7)
    assert ours.table["estimate"][0] == pytest.approx(compared(made(effect=1.0), "u00", AT).estimate)
    for design in ("event", "synthetic", "cits"):
        found = placebo_dates(made(effect=1.0), "u00", AT, design=design)
        assert found.floor < 0.34
        assert found.table["estimate"][0] == pytest.approx(
            compared(made(effect=1.0), "u00", AT, design=design).estimate
        )


def test_periods_that_all_share():
    panel = made()
    panel = panel[~((panel["unit"] == "u03") & (panel["period"] == 2008))]
    shared = common_periods(panel)
    assert 2008 not in set(shared["period"])
    assert compared(shared, "u00", AT, design="cits").n_before == 9
    assert len(common_periods(panel, ["u00", "u01"])) == 32


def without(panel, unit, *periods):
    return panel[~((panel["unit"] == unit) & panel["period"].isin(periods))]


def set_y(panel, unit, period, value):
    return panel.assign(y=panel["y"].where(~((panel["unit"] == unit) & (panel["period"] == period)), value))


P = made(units=5)
REFUSED = {
    "design": ({"design": "magic"}, "'magic' is unknown; choose one of did"),
    "level": ({"level": 1.0}, "level must be above 0"),
    "no column": ({"panel": P.drop(columns="y")}, "'y' is missing"),
    "unknown unit": ({"treated": "zz"}, "The panel has no unit 'zz'; it has u00"),
    "unknown control": ({"controls": ["u01", "zz"]}, "The panel has no unit 'zz'"),
    "no treated": ({"treated": []}, "No treated unit is named"),
    "treated control": ({"controls": ["u00", "u01"]}, "Unit 'u00' is treated and among the controls"),
    "no control": ({"panel": P[P["unit"] == "u00"]}, "No control unit is left beside u00"),
    "no controls named": ({"controls": []}, "No control unit is left"),
    "zero": ({"panel": set_y(P, "u02", 2009, 0)}, "Unit 'u02' has y 0 in 2009"),
    "negative": ({"panel": set_y(P, "u02", 2009, -3)}, "Unit 'u02' has y -3 in 2009"),
    "infinite": ({"panel": set_y(P, "u02", 2009, np.inf)}, "Unit 'u02' has y inf in 2009"),
    "text": ({"panel": P.assign(y="many")}, "Unit 'u00' has y 'many' in 2005"),
    "exposure": ({"panel": P.assign(exposure=np.where(P["period"] == 2007, 0, 5))}, "has exposure 0 in 2007"),
    "half exposure": (
        {"panel": P.assign(exposure=np.where(P["period"] == 2007, np.nan, 5))},
        "exposure nan in 2007",
    ),
    "twice": ({"panel": pd.concat([P, P[:1]])}, "Unit 'u00' has two rows for 2005"),
    "outside": (
        {"at": 2030},
        "The measure at 2030 is outside the panel, whose periods run from 2005 to 2020",
    ),
    "at the first": ({"at": 2005}, "outside the panel"),
    "other kind": ({"at": "x"}, "outside the panel"),
    "gap at": ({"panel": P[P["period"] != AT]}, "No unit has a figure for 2015, where the measure starts"),
    "gap after": ({"panel": P[P["period"] != AT + 1]}, "No unit has a figure for a period among the first 3"),
    "few before": (
        {"panel": P[P["period"] >= AT - 1]},
        "Unit 'u00' has 1 period before 2015; at least 2 are",
    ),
    "control before": (
        {"panel": without(P, "u03", *range(2005, 2015))},
        "Unit 'u03' has 0 periods before 2015",
    ),
    "control after": (
        {"panel": without(P, "u03", *range(2015, 2021))},
        "Unit 'u03' has no figure in the window",
    ),
    "treated after": ({"panel": without(P, "u00", 2016)}, "Treated unit 'u00' has no figure for 2016"),
    "controls after": (
        {"panel": P[(P["unit"] == "u00") | (P["period"] != 2016)]},
        "No control unit has a figure for",
    ),
    "constant": (
        {"panel": P.assign(y=P["y"].where(P["unit"] != "u01", 7.0))},
        "Unit 'u01' has the same figure",
    ),
    "horizon": ({"horizon": 0}, "horizon must be 1 or more"),
    "cits gap": ({"panel": without(P, "u03", 2008), "design": "cits"}, "Unit 'u03' has no figure for 2008"),
    "synthetic gap": (
        {"panel": without(P, "u03", 2008), "design": "synthetic"},
        "'u03' has no figure for 2008",
    ),
    "synthetic two": ({"treated": ["u00", "u01"], "design": "synthetic"}, "made for one treated unit, not 2"),
    "synthetic one": ({"controls": ["u01"], "design": "synthetic"}, "needs at least 2 control units"),
    "event gap": (
        {"panel": without(P, "u03", 2008), "treated": ["u00", "u01"], "design": "event"},
        "event study of several treated units needs every unit",
    ),
    "impact": ({"design": "cits", "impact": "lagged"}, "Impact 'lagged' is unknown"),
    "cits short": ({"panel": P[P["period"] >= 2013], "design": "cits"}, "2 periods before 2015, at least 3"),
    "ramp short": (
        {"panel": P[P["period"] <= 2015], "design": "cits", "impact": "step+ramp"},
        "1 period from 2015 on",
    ),
    "no period": ({"panel": P.assign(period=P["period"].where(P["period"] != 2009))}, "has no period"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_name_what_is_wrong(name):
    changes, sentence = REFUSED[name]
    arguments = {"panel": P, "treated": "u00", "at": AT} | changes
    with pytest.raises(InputError) as refused:
        compared(**arguments)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_placebo_dates_refuse():
    with pytest.raises(InputError, match="No earlier date can stand"):
        placebo_dates(P[P["period"] >= 2012], "u00", AT)
    with pytest.raises(InputError, match="is unknown"):
        placebo_dates(P, "u00", AT, design="magic")


def test_a_two_period_two_group_table_is_four_means():
    """The 2 by 2 arithmetic of difference in differences, with two periods before as is asked."""
    panel = pd.DataFrame(
        {"unit": list("aaabbb"), "period": [1, 2, 3] * 2, "y": [4.0, 9.0, 30.0, 2.0, 8.0, 8.0]}
    )
    ours = compared(panel, "a", 3)
    assert ours.ratio == pytest.approx((30 / 6) / (8 / 4))
    assert ours.p == ours.floor == ours.before.floor == 1  # one against one: the mirror image always ties


def seasonal(effect=0.0, season=0.4):
    """Six years of months of two units: one has a season and an effect of 15 months."""
    rng = np.random.default_rng(5)
    months = np.arange(72)
    labels = [f"{2015 + m // 12}-{m % 12 + 1:02d}" for m in months]
    shared = rng.normal(0, 0.3, 72)
    own = shared + season * np.sin(2 * np.pi * months / 12) + effect * ((months >= 40) & (months < 55))
    logs = {"a": 5 + own + 0.02 * rng.normal(size=72), "b": 4 + shared + 0.02 * rng.normal(size=72)}
    return pd.concat(
        pd.DataFrame({"unit": name, "period": labels, "y": np.exp(z)}) for name, z in logs.items()
    )


def test_a_season_of_one_group_is_taken_off():
    found = compared(seasonal(0.3), "a", "2018-05", design="cits", harmonics=1)
    plain = compared(seasonal(0.3), "a", "2018-05", design="cits")
    assert found.lower < 0.3 < found.upper
    assert found.estimate == pytest.approx(0.3, abs=0.06)
    assert found.upper - found.lower < 0.5 * (plain.upper - plain.lower)


def test_a_campaign_that_ends_in_a_controlled_series():
    options = {"design": "cits", "harmonics": 1, "horizon": None, "trend": False}
    pulse = compared(seasonal(0.3), "a", "2018-05", impact="pulse+after", until="2019-07", **options)
    gap = pulse.path.set_index("period")["gap"]
    assert gap["2018-05"] == pytest.approx(0.3, abs=0.03)
    assert gap["2020-01"] == pytest.approx(0, abs=0.03)
    dates = compared(seasonal(0.3), "a", ["2018-05", "2019-08"], impact="step", **options)
    np.testing.assert_allclose(dates.path["gap"], pulse.path["gap"])
    assert pulse.sentence().startswith("Over 32 periods from 2018-05 on the treated stood")


def test_levels_of_a_panel():
    """A difference of two on levels, whatever the unit's own level and the common movement, also below zero."""
    rng = np.random.default_rng(0)
    shared = rng.normal(0, 3, 16)
    rows = [
        (f"u{k}", 2005 + t, 5.0 * k + shared[t] + 0.1 * rng.normal() + 2.0 * (k == 0 and t >= 10))
        for k in range(25)
        for t in range(16)
    ]
    panel = pd.DataFrame(rows, columns=["unit", "period", "y"])
    for design in DESIGNS:
        found = compared(panel, "u0", AT, design=design, scale="level", demean=design == "synthetic")
        assert found.estimate == pytest.approx(2, abs=0.3), design
        counterfactual = found.path.set_index("period")["counterfactual"].loc[2015:2017].mean()
        assert found.ratio == pytest.approx(1 + found.estimate / counterfactual)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"design": "did", "harmonics": 1}, "go with design 'cits'"),
        ({"design": "did", "at": [2015, 2017]}, "go with design 'cits'"),
        ({"design": "cits", "impact": "pulse"}, "belongs to impact pulse"),
        ({"design": "cits", "impact": "pulse", "until": 2014}, "ends at 2014 before it starts"),
        ({"design": "cits", "impact": "pulse", "until": 2018, "at": [2015, 2017]}, "takes one date"),
        ({"design": "cits", "at": [2015, 2015]}, "in order of time"),
        ({"design": "cits", "at": [2015, 2050]}, "no period 2050"),
        ({"scale": "square"}, "one of log, level"),
    ],
)
def test_refusals_of_courses(changes, words):
    with pytest.raises(InputError, match=words):
        compared(**({"panel": made(), "treated": "u00", "at": AT} | changes))


@pytest.mark.parametrize(
    ("periods", "names"),
    [
        ([str(year) for year in range(2000, 2016)], [2010, "2010/11", date(2010, 5, 1), "2010-05-01"]),
        (
            [f"{y}/{(y + 1) % 100:02d}" for y in range(2000, 2016)],
            [2010, "2010", "FY 2010", date(2010, 9, 1)],
        ),
        (list(range(2000, 2016)), ["2010", 2010.0]),
        (
            list(pd.date_range("2010-01-01", periods=16, freq="MS")),
            ["2010-11", date(2010, 11, 9), pd.Period("2010-11")],
        ),
    ],
)
def test_a_date_may_be_written_in_every_way_that_a_single_series_reads(periods, names):
    panel = made(effect=0.4, seed=3)
    panel["period"] = [periods[year - FIRST] for year in panel["period"]]
    written = periods[10]
    own = panel.loc[panel["unit"] == "u00"].sort_values("period")
    for design in ("did", "cits"):
        expected = compared(panel, "u00", written, design=design)
        for name in names:
            found = compared(panel, "u00", name, design=design)
            assert (found.estimate, found.start) == (expected.estimate, written)
    single = [interrupted(own["y"], own["period"].tolist(), name, impact="step").start for name in names]
    assert set(single) == {interrupted(own["y"], own["period"].tolist(), written, impact="step").start}
    options = {"design": "cits", "impact": "pulse", "horizon": None}
    until = compared(panel, "u00", periods[8], until=written, **options).estimate
    assert [compared(panel, "u00", periods[8], until=name, **options).estimate for name in names] == [
        until
    ] * len(names)
