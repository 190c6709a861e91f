"""Interventions that others have measured: a tax, a union, a law, a dam."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.models import compared, interrupted, trend

DATA = Path(__file__).parent / "data"
PANEL = pd.read_csv(DATA / "prop99.csv").melt("Year", var_name="unit", value_name="y")
PROP_99 = PANEL.rename(columns={"Year": "period"})
GERMANY = pd.read_csv(DATA / "germany.csv").set_axis(["unit", "period", "y"], axis=1)
DRIVERS = pd.read_csv(DATA / "uk_drivers.csv")
NILE = pd.read_csv(DATA / "nile.csv")


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
