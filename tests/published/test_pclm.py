"""Ages at death from bins: the example of ungroup (Pascariu and others 2018, doi 10.21105/joss.00937)."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from composite import ungroup

DATA = Path(__file__).parent / "data"
DEATHS, FITTED = pd.read_csv(DATA / "pclm_deaths.csv"), pd.read_csv(DATA / "pclm_fitted.csv")
AGES = np.arange(112)
ADULT = slice(30, 101)


@pytest.fixture(scope="module")
def fit():
    start = np.append(DEATHS["start"], 111)  # a closing bin, without which the last one runs high
    width, count = np.append(DEATHS["width"], 1), np.append(DEATHS["count"], 1)
    weights = (start[:, None] <= AGES) & ((start + width)[:, None] > AGES)
    return ungroup(weights, count, order=2)


def test_the_bins_come_back(fit):
    np.testing.assert_allclose(fit.bins[:-1], DEATHS["count"], rtol=0.005)


def test_single_years_agree_with_the_published_fit(fit):
    ours = fit.cells[ADULT]
    apart = [np.abs(ours / FITTED[name].to_numpy()[ADULT] - 1).max() for name in ("auto", "lambda10")]
    assert min(apart) < 0.05, apart


def test_the_mode_of_adult_deaths(fit):
    assert abs(30 + int(np.argmax(fit.cells[30:])) - 87) <= 1
