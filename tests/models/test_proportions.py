"""Shares from simple samples and through an imperfect eye, against tables, statsmodels and simulation."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.errors import InputError
from analysis.models import corrected_prevalence, proportion_interval

NAMES = {"wilson": "wilson", "clopper-pearson": "beta", "jeffreys": "jeffreys"}


@pytest.mark.parametrize("method", NAMES)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_statsmodels_gives_the_same(method, level):
    n = np.repeat([1, 7, 50, 1000], 3)
    k = np.array([0, 1, 1, 2, 6, 7, 3, 25, 50, 0, 1, 900])
    lower, upper = proportion_confint(k, n, 1 - level, NAMES[method])
    found = proportion_interval(k, n, method, level=level)
    inside = (k > 0) & (k < n)  # at the ends Jeffreys' interval is made one-sided, as Brown et al. advise
    if method != "jeffreys":
        inside[:] = True
    np.testing.assert_allclose(found["lower"][inside], lower[inside], atol=1e-12)
    np.testing.assert_allclose(found["upper"][inside], upper[inside], atol=1e-12)
    assert (found["lower"][k == 0] == 0).all()
    assert (found["upper"][k == n] == 1).all()


def test_brown_cai_dasguptas_table_of_jeffreys_limits():
    """Brown, Cai, DasGupta 2001, table 5, n = 7: 1 of 7 up to .501, 2 of 7 .065 to .648, 3 of 7 from .139."""
    found = proportion_interval([1, 2, 3], 7, "jeffreys")
    assert found["upper"].iloc[0] == pytest.approx(0.501, abs=5e-4)
    assert tuple(found.iloc[1, 1:]) == pytest.approx((0.065, 0.648), abs=5e-4)
    assert found["lower"].iloc[2] == pytest.approx(0.139, abs=5e-4)


def test_the_rule_of_three_and_the_closed_form_at_none():
    """0 of n: Clopper-Pearson ends at 1 - (q / 2)^(1 / n), Wilson at z^2 / (n + z^2)."""
    assert proportion_interval(0, 30, "clopper-pearson")["upper"][0] == pytest.approx(1 - 0.025 ** (1 / 30))
    z2 = stats.norm.ppf(0.975) ** 2
    assert proportion_interval(0, 30)["upper"][0] == pytest.approx(z2 / (30 + z2))


@pytest.mark.parametrize(("n", "p"), [(20, 0.1), (51, 0.3725), (100, 0.02)])
def test_coverage_is_the_binomial_laws_own(n, p):
    """No simulation: the chance of each k is known. Exact never below its level; the others near it on average."""
    k = np.arange(n + 1)
    chance = stats.binom.pmf(k, n, p)
    covers = {
        method: chance[(frame["lower"] <= p) & (p <= frame["upper"])].sum()
        for method in NAMES
        for frame in [proportion_interval(k, n, method)]
    }
    assert covers["clopper-pearson"] >= 0.95
    assert covers["wilson"] > 0.91
    assert covers["jeffreys"] > 0.9


def test_labels_stay():
    k, n = pd.Series([3, 9], index=["JD", "Taobao"]), pd.Series([30, 51], index=["JD", "Taobao"])
    assert list(proportion_interval(k, n).index) == ["JD", "Taobao"]
    assert list(corrected_prevalence(k, n, 0.9, 0.95).index) == ["JD", "Taobao"]
    with pytest.raises(InputError, match="one order"):
        proportion_interval(k, n[::-1])


def test_epirs_brucellosis():
    """R epiR, help of epi.prev: 23 of 150 cows, Se 96%, Sp 89%: 5.1 per 100 (95% CI 0 to 13)."""
    found = corrected_prevalence(23, 150, 0.96, 0.89).iloc[0]
    assert found["estimate"] == pytest.approx(0.051, abs=5e-4)
    assert found["lower"] == 0
    assert round(100 * found["upper"]) == 13


def test_the_arithmetic_of_rogan_and_gladen():
    """By hand: p = .28, Se = .9, Sp = .8: P = .08 / .7; var p (1 - p) / n / .49, and the two rates' own parts."""
    known = corrected_prevalence(280, 1000, 0.9, 0.8).iloc[0]
    assert known["estimate"] == pytest.approx(8 / 70)
    assert known["se"] == pytest.approx(np.sqrt(0.28 * 0.72 / 1000) / 0.7)
    met = corrected_prevalence(280, 1000, 0.9, 0.8, n_sensitivity=50, n_specificity=200).iloc[0]
    share = 8 / 70
    parts = 0.28 * 0.72 / 1000 + share**2 * 0.09 / 50 + (1 - share) ** 2 * 0.16 / 200
    assert met["se"] == pytest.approx(np.sqrt(parts) / 0.7)
    assert met["lower"] < known["lower"]
    assert met["upper"] > known["upper"]


def test_a_perfect_eye_changes_nothing_and_impossible_shares_are_cut():
    plain = proportion_interval([0, 5, 20], 20)
    seen = corrected_prevalence([0, 5, 20], 20, 1, 1)
    np.testing.assert_allclose(seen[["estimate", "lower", "upper"]], plain)
    below = corrected_prevalence(1, 100, 0.9, 0.9).iloc[0]
    assert below["raw"] == pytest.approx(-0.09 / 0.8)
    assert below["estimate"] == 0 == below["lower"]


@pytest.mark.parametrize(("share", "n", "rates", "sizes"), [
    (0.1, 200, (0.9, 0.95), None),
    (0.1, 200, (0.9, 0.95), (80, 120)),
    (0.4, 60, (0.8, 0.9), (40, 40)),
])  # fmt: skip
def test_the_interval_covers_the_truth_behind_the_errors(share, n, rates, sizes):
    """4,000 seeded samples; the Monte Carlo error is 0.35 points at 95%."""
    rng = np.random.default_rng(14)
    draws = 4000
    se, sp = rates
    k = rng.binomial(n, share * se + (1 - share) * (1 - sp), draws)
    more = {}
    if sizes:
        se, sp = rng.binomial(sizes[0], se, draws) / sizes[0], rng.binomial(sizes[1], sp, draws) / sizes[1]
        more = {"n_sensitivity": sizes[0], "n_specificity": sizes[1]}
    found = corrected_prevalence(k, n, se, sp, **more)
    covered = ((found["lower"] <= share) & (share <= found["upper"])).mean()
    assert 0.935 <= covered <= 0.985
    assert found["raw"].mean() == pytest.approx(share, abs=0.012)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: proportion_interval(8, 7), "never more"),
        (lambda: proportion_interval(-1, 7), "whole numbers of 0 or more"),
        (lambda: proportion_interval(1.5, 7), "whole numbers"),
        (lambda: proportion_interval(0, 0), "whole numbers of 1 or more"),
        (lambda: proportion_interval([1, 2], [3, 4, 5]), "as many of each"),
        (lambda: proportion_interval([], []), "empty"),
        (lambda: proportion_interval(1, 7, "wald"), "wilson, clopper-pearson, jeffreys"),
        (lambda: proportion_interval(1, np.nan), "leave out"),
        (lambda: corrected_prevalence(1, 7, 1.2, 0.9), "between 0 and 1"),
        (lambda: corrected_prevalence(1, 7, 90, 0.9), "0.37 for 37 percent"),
        (lambda: corrected_prevalence(1, 7, 0.5, 0.5), "exceed 1"),
        (lambda: corrected_prevalence(1, 7, 0.9, 0.9, n_sensitivity=5), "or neither"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
