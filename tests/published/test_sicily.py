"""The Sicilian smoking ban: Lopez Bernal, Cummins, Gasparrini (2017), doi 10.1093/ije/dyw098."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.models import interrupted

SICILY = pd.read_csv(Path(__file__).parent / "data" / "sicily.csv")


def sicily(impact, family, harmonics=0, **options):
    return interrupted(
        SICILY["aces"],
        SICILY["time"],
        37,
        impact=impact,
        family=family,
        offset=np.log(SICILY["stdpop"]),
        harmonics=harmonics,
        errors="model",
        inference="normal",
        **options,
    )


@pytest.mark.parametrize(
    ("family", "harmonics", "ratio", "lower", "upper", "dispersion"),
    [
        ("poisson", 0, 0.8944, 0.8647, 0.9251, None),
        ("quasipoisson", 0, 0.8944, 0.8392, 0.9532, 3.5592),
        ("quasipoisson", 2, 0.8851, 0.8394, 0.9332, 2.2622),
    ],
)
def test_step_models(family, harmonics, ratio, lower, upper, dispersion):
    effect = sicily("step", family, harmonics)
    found = effect.ratios.loc["at once"]
    assert found[["estimate", "lower", "upper"]].round(4).tolist() == [ratio, lower, upper]
    assert np.exp(effect.coefficients.loc["step", "estimate"]) == pytest.approx(found["estimate"])
    if dispersion is not None:
        assert round(effect.dispersion, 4) == dispersion


@pytest.mark.parametrize(
    ("term", "estimate", "se"),
    [("step", -0.130377, 0.029077), ("ramp", 0.001482, 0.001855), ("trend", 0.005103, 0.000875)],
)
def test_step_and_slope_change(term, estimate, se):
    coefficients = sicily("step+ramp", "quasipoisson", 2).coefficients
    assert coefficients.loc[term, ["estimate", "se"]].round(6).tolist() == [estimate, se]
    assert list(coefficients.index[-4:]) == ["sin1", "cos1", "sin2", "cos2"]


def test_exposure_in_natural_units_is_the_same_as_the_log_offset():
    by_log = sicily("step", "quasipoisson")
    by_exposure = interrupted(
        SICILY["aces"],
        SICILY["time"],
        37,
        impact="step",
        family="quasipoisson",
        exposure=SICILY["stdpop"],
        errors="model",
        inference="normal",
    )
    pd.testing.assert_frame_equal(by_log.coefficients, by_exposure.coefficients)


def test_months_as_labels_change_nothing_but_the_clock():
    labels = SICILY["year"].astype(str) + "-" + SICILY["month"].astype(str).str.zfill(2)
    effect = interrupted(
        SICILY["aces"],
        labels,
        "2005-01",
        impact="step+ramp",
        family="quasipoisson",
        offset=np.log(SICILY["stdpop"]),
        harmonics=2,
        errors="model",
        inference="normal",
    )
    pd.testing.assert_frame_equal(effect.ratios, sicily("step+ramp", "quasipoisson", 2).ratios)
    assert effect.fitted["time"].iloc[0] == "2002-01"
