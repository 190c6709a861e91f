"""Interventions that others have measured: a tax, a union, laws, a dam, a duty on imports."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from analysis.models import compared, interrupted, trend

DATA = Path(__file__).parent / "data"
PANEL = pd.read_csv(DATA / "prop99.csv").melt("Year", var_name="unit", value_name="y")
PROP_99 = PANEL.rename(columns={"Year": "period"})
GERMANY = pd.read_csv(DATA / "germany.csv").set_axis(["unit", "period", "y"], axis=1)
DRIVERS = pd.read_csv(DATA / "uk_drivers.csv")
NILE = pd.read_csv(DATA / "nile.csv")
TRAFFIC = pd.read_csv(DATA / "traffic.csv")
BARIUM = pd.read_csv(DATA / "barium.csv")


def test_proposition_99_by_difference_in_differences():
    """-27.3 packs a head: Arkhangelsky, Athey, Hirshberg, Imbens, Wager (2021), table 1."""
    found = compared(PROP_99, "California", 1989, scale="level", horizon=None)
    assert found.estimate == pytest.approx(-27.3, abs=0.1)
    assert found.sentence().startswith("Over 12 periods from 1989 on the treated stood 31% below")


def test_proposition_99_by_synthetic_control():
    """-19.6 packs a head, the same table; Abadie, Diamond, Hainmueller (2010): about 20."""
    found = compared(PROP_99, "California", 1989, design="synthetic", scale="level", horizon=None)
    assert found.estimate == pytest.approx(-19.6, abs=0.2)
    assert found.p <= 3 / 39  # the post/pre ratio of California is among the largest of the 39


def test_proposition_99_by_a_demeaned_synthetic_control():
    """-11.1 packs a head, the same table: the difference in differences of Doudchenko, Imbens and of Ferman, Pinto."""
    options = {"design": "synthetic", "scale": "level", "horizon": None}
    found = compared(PROP_99, "California", 1989, demean=True, **options)
    assert found.estimate == pytest.approx(-11.1, abs=0.1)


@pytest.mark.parametrize("scale", ["log", "level"])
def test_single_and_controlled_series_have_one_window(scale):
    """The difference from the controls as a single series gives the controlled series, periods after 1991 or not."""
    wide = PROP_99.pivot(index="period", columns="unit", values="y")
    wide = np.log(wide) if scale == "log" else wide
    apart = wide["California"] - wide.drop(columns="California").mean(axis=1)
    y = np.exp(apart) if scale == "log" else apart
    single = interrupted(y.to_numpy(), y.index.to_numpy(), 1989, impact="step", scale=scale)
    both = compared(PROP_99, "California", 1989, design="cits", scale=scale)
    row = single.effects.loc["mean of first 3", ["estimate", "lower", "upper", "p"]].tolist()
    assert row == pytest.approx([both.estimate, both.lower, both.upper, both.p], rel=1e-6)


def test_german_reunification():
    """A fall of about 8% over 1990 to 2003, synthetic 12% higher in 2003: Abadie, Diamond, Hainmueller (2015)."""
    found = compared(GERMANY, "West Germany", 1990, design="synthetic", horizon=None)
    assert found.ratio - 1 == pytest.approx(-0.08, abs=0.02)
    last = found.path.set_index("period").loc[2003]
    assert np.exp(-last["gap"]) - 1 == pytest.approx(0.12, abs=0.05)
    assert found.p == pytest.approx(1 / 17)  # no other country's ratio is as large


@pytest.mark.parametrize("months", [DRIVERS["month"], DRIVERS["month"] + "-01"])
def test_seat_belts_of_british_drivers(months):
    """A fall of about 21 to 23% from February 1983 on: Harvey, Durbin (1986); Durbin, Koopman (2012): -0.238."""
    found = interrupted(DRIVERS["drivers"], months, "1983-02", impact="step", trend=False, harmonics=5)
    step = found.coefficients.loc["step"]
    assert step["lower"] < -0.238 < step["upper"]
    assert np.exp(step["estimate"]) - 1 == pytest.approx(-0.23, abs=0.03)
    with_trend = interrupted(DRIVERS["drivers"], months, "1983-02", impact="step+ramp", harmonics=5)
    assert with_trend.ratios.loc["mean of first 3", "estimate"] - 1 == pytest.approx(-0.22, abs=0.03)


def test_the_nile_fell_in_1899():
    """Means of 1,098 before and 850 from 1899 on: Cobb (1978), doi 10.1093/biomet/65.2.243."""
    found = interrupted(NILE["flow"], NILE["year"], 1899, impact="step", trend=False, scale="level")
    assert found.coefficients.loc["step", "estimate"] == pytest.approx(850 - 1098, abs=5)
    assert found.coefficients.loc["step", "p"] < 0.001
    assert trend(NILE["flow"], NILE["year"]).breaks.table["period"].tolist() == [1899]


@pytest.mark.parametrize(("y", "scale"), [("totacc", "log"), ("prcfat", "level")])
def test_belts_and_speed_limits_in_california(y, scale):
    """Two laws of different dates: Wooldridge, Introductory Econometrics, exercise C10.11, by statsmodels.

    Accidents rise with the belt law of January 1986, deadly ones with the speed limit of May 1987.
    """
    months = pd.get_dummies(TRAFFIC["month"].str[5:], prefix="m", drop_first=True, dtype=float)
    others = pd.concat([months, TRAFFIC[["wkends", "unem"]]], axis=1)
    options = {"impact": "step", "errors": "model", "scale": scale, "covariates": others}
    found = interrupted(TRAFFIC[y], TRAFFIC["month"], ["1986-01", "1987-05"], **options).coefficients
    columns = others.assign(
        trend=range(len(TRAFFIC)), step=TRAFFIC["month"] >= "1986-01", step2=TRAFFIC["month"] >= "1987-05"
    ).astype(float)
    response = np.log(TRAFFIC[y]) if scale == "log" else TRAFFIC[y]
    theirs = sm.OLS(response, sm.add_constant(columns)).fit()
    names = ["trend", "step", "step2", "wkends", "unem"]
    np.testing.assert_allclose(found.loc[names, "estimate"], theirs.params[names], rtol=1e-7)
    np.testing.assert_allclose(found.loc[names, "se"], theirs.bse[names], rtol=1e-7)
    law = found.loc["step" if y == "totacc" else "step2"]
    assert law["estimate"] > 0
    assert law["p"] < 0.01


BARIUM_ROWS = ["lchempi", "lgas", "lrtwex", "befile6", "affile6", "pulse"]


@pytest.mark.parametrize(
    ("errors", "estimates", "ses", "near"),
    [
        ("model", [3.12, 0.196, 0.983, 0.060, -0.032, -0.565], [0.48, 0.907, 0.400, 0.261, 0.264, 0.286], 0.006),
        ("glsar", [2.94, 1.05, 1.13, -0.016, -0.033, -0.577], [0.63, 0.98, 0.51, 0.322, 0.322, 0.342], 0.02),
    ],
)  # fmt: skip
def test_a_duty_on_barium_chloride_from_china(errors, estimates, ses, near):
    """Wooldridge, Introductory Econometrics, example 10.5 (least squares) and table 12.1 (Prais and Winsten).

    Imports from China around a complaint of October 1983 and the duty of October 1984, from Krupp and Pollard (1996).
    """
    logs = np.log(BARIUM[["chempi", "gas", "rtwex"]]).add_prefix("l")
    month = BARIUM["month"]
    filed = logs.assign(
        befile6=month.between("1983-04", "1983-09").astype(float),
        affile6=month.between("1983-11", "1984-04").astype(float),
    )
    options = {"impact": "pulse", "until": "1985-04", "trend": False, "covariates": filed}
    found = interrupted(BARIUM["chnimp"], month, "1984-11", errors=errors, **options)
    rows = found.coefficients.loc[BARIUM_ROWS]
    np.testing.assert_allclose(rows["estimate"], estimates, atol=near)
    np.testing.assert_allclose(rows["se"], ses, atol=near)
    if errors == "glsar":
        assert found.rho == pytest.approx(0.293, abs=0.01)


def test_the_duty_on_barium_chloride_with_the_autocorrelation_integrated_out():
    """The default lies by the Prais-Winsten estimate, and its interval is no shorter: -0.577, 1.96 times 0.342."""
    logs = np.log(BARIUM[["chempi", "gas", "rtwex"]]).add_prefix("l")
    options = {"impact": "pulse", "until": "1985-04", "trend": False, "covariates": logs}
    found = interrupted(BARIUM["chnimp"], BARIUM["month"], "1984-11", **options).coefficients.loc["pulse"]
    assert found["estimate"] == pytest.approx(-0.577, abs=0.05)
    assert found["upper"] - found["lower"] > 2 * 1.96 * 0.33
