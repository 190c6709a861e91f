"""Heavy tails: Clauset, Shalizi, Newman (2009), doi 10.1137/070710111, and the Danish fires, McNeil (1997)."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.models import pareto_excess, power_law

DATA = Path(__file__).parent / "data"
BLACKOUTS = pd.read_csv(DATA / "blackouts.csv")["customers"]
FIRES = pd.read_csv(DATA / "danish_over_10.csv")["loss"]


@pytest.fixture(scope="module")
def words():
    table = pd.read_csv(DATA / "moby_words.csv")
    return power_law(np.repeat(table["value"], table["count"]), discrete=True)


def test_blackouts_are_those_of_the_paper():
    found = power_law(BLACKOUTS)
    assert (found.n, found.n_tail, found.xmin) == (211, 59, 230_000)
    assert round(found.alpha, 1) == 2.3
    assert found.alpha == pytest.approx(2.272637219830288, abs=1e-9)  # powerlaw 2.0.0
    assert found.ks == pytest.approx(0.060673796294, abs=1e-9)


def test_blackouts_against_rivals():
    found = power_law(BLACKOUTS)
    ratio, p = found.versus("lognormal")
    assert ratio == pytest.approx(-0.240887, abs=1e-5)  # powerlaw 2.0.0
    assert round(p, 2) == 0.68  # the paper's, and powerlaw's 0.6776
    ratio, p = found.versus("exponential")
    assert ratio == pytest.approx(12.7545, abs=1e-3)  # powerlaw 2.0.0: 12.75456, 0.1523
    assert p == pytest.approx(0.152, abs=1e-3)


def test_blackouts_fit():
    assert power_law(BLACKOUTS).goodness_of_fit(199) == pytest.approx(
        0.62, abs=0.12
    )  # the paper; 3.5 standard errors


def test_words_are_those_of_the_paper(words):
    assert (words.n, words.n_tail, words.xmin) == (18_855, 2_958, 7)
    assert round(words.alpha, 2) == 1.95
    assert round(words.alpha_se, 2) == 0.02
    assert words.alpha == pytest.approx(1.952728, abs=2e-5)  # R poweRlaw 0.70.6; powerlaw 2.0.0 has 1.952718
    assert words.ks == pytest.approx(0.0082526, abs=1e-5)


def test_words_against_rivals(words):
    assert words.versus("exponential").ratio == pytest.approx(3025.03, abs=0.02)  # powerlaw 2.0.0
    # powerlaw stops at 0.0196, on its way to the log-normal's Pareto limit; poweRlaw higher still
    ratio, p = words.versus("lognormal")
    assert 0 <= ratio < 0.0196
    assert p > 0.6


def test_terrorist_attacks_are_those_of_the_paper():
    """Deaths by attack, 1968 to 2006: tables 6.1 and 6.3 of the paper."""
    table = pd.read_csv(DATA / "terrorism.csv")
    found = power_law(np.repeat(table["deaths"], table["events"]), discrete=True)
    assert (found.n, found.n_tail, found.xmin) == (9_101, 547, 12)
    assert round(found.alpha, 1) == 2.4
    assert found.versus("lognormal").p == pytest.approx(0.78, abs=0.005)
    assert found.versus("exponential").p == pytest.approx(0.01, abs=0.005)


def test_danish_fires():
    found = pareto_excess(FIRES, 10)
    assert found.n == 109
    assert round(found.shape, 3) == 0.497  # McNeil 1997, and R evd 2.3-6.1: 0.497, 6.975, deviance 749.786
    assert round(found.scale, 2) == 6.98
    assert found.scale == pytest.approx(6.975, abs=1e-3)
    assert round(found.shape_se, 2) == 0.14
    assert -2 * found.loglik == pytest.approx(749.786, abs=1e-3)


def test_a_return_level_and_its_profile_likelihood_interval():
    row = pareto_excess(FIRES, 10).return_levels(years=11, periods=[1], level=0.95).loc[1]
    assert row["lower"] == pytest.approx(
        32.239, abs=0.01
    )  # R evd 2.3-6.1: fpot(mper = 109/11), profile, confint
    assert row["upper"] == pytest.approx(54.025, abs=0.01)
    assert row["estimate"] == pytest.approx(10 + 6.975 / 0.497 * ((109 / 11) ** 0.497 - 1), abs=0.02)
