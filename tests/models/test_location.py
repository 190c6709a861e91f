"""Where cases are: quotients, first areas and steadied rates, against statsmodels, R, PySAL and known truth."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.proportion import multinomial_proportions_confint

from analysis.errors import InputError
from analysis.models import empirical_bayes_rates, location_quotient, top_share

# Lip cancer in 56 districts of Scotland, 1975 to 1980, observed and expected cases: the data of Clayton, Kaldor 1987.
LIP = [9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7, 10, 16, 11, 5, 3, 7,
       8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0, 0]  # fmt: skip
DUE = [1.4, 8.7, 3.0, 2.5, 4.3, 2.4, 8.1, 2.3, 2.0, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2, 5.5, 4.4, 10.5, 22.7,
       8.8, 5.6, 15.5, 12.5, 6.0, 9.0, 14.4, 10.2, 4.8, 2.9, 7.0, 8.5, 12.3, 10.1, 12.7, 9.4, 7.2, 5.3, 18.8, 15.8, 4.3,
       14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6, 5.7, 7.0, 4.2, 1.8]  # fmt: skip


def test_statsmodels_goodman_intervals():
    count, base = np.array([56, 72, 73, 59, 62, 0]), np.array([10, 20, 30, 10, 20, 10.0])
    found = location_quotient(count, base, method="wilson")
    limits = multinomial_proportions_confint(count, 0.05, "goodman") / (base / 100)[:, None]
    np.testing.assert_allclose(found[["lower", "upper"]], limits, atol=1e-12)
    np.testing.assert_allclose(found["estimate"], count / 322 / (base / 100))
    alone = location_quotient(count, base, method="wilson", simultaneous=False)
    assert ((alone["upper"] - alone["lower"]) < (found["upper"] - found["lower"])).all()


def test_all_areas_are_covered_together():
    """4,000 seeded samples; the Monte Carlo error is 0.35 points at 95%."""
    rng = np.random.default_rng(1)
    base = rng.uniform(1, 8, 12)
    quotient = rng.uniform(0.5, 2, 12)
    share = base * quotient / (base @ quotient)
    truth = share / (base / base.sum())
    covered = []
    for count in rng.multinomial(450, share, size=1500):
        found = location_quotient(count, base)
        covered.append(((found["lower"] <= truth) & (found["upper"] >= truth)).all())
    assert np.mean(covered) == pytest.approx(0.955, abs=0.02)


def test_the_first_areas():
    count = pd.Series(
        [5, 80, 3, 60, 2, 1], index=["Jilin", "Guangdong", "Gansu", "Zhejiang", "Hainan", "Tibet"]
    )
    found = top_share(count, 2)
    assert found.areas == ("Guangdong", "Zhejiang")
    assert found.estimate == pytest.approx(140 / 151)
    assert found.lower < found.corrected < found.upper
    assert found.estimate == pytest.approx(found.corrected, abs=0.02)


@pytest.mark.parametrize(("spread", "cases"), [(0.2, 450), (0.4, 150), (1.2, 150), (1.2, 450)])
def test_the_first_ten_areas_share_is_covered(spread, cases):
    """400 seeded sets of cases in 31 places, log-normal rates; the Monte Carlo error is 1.1 points at 95%."""
    rng = np.random.default_rng(2)
    covered, corrected, raw = [], [], []
    for _ in range(400):
        share = np.exp(rng.normal(0, spread, 31))
        share /= share.sum()
        truth = np.sort(share)[-10:].sum()
        found = top_share(rng.multinomial(cases, share), draws=400)
        covered.append(found.lower <= truth <= found.upper)
        corrected.append(found.corrected - truth)
        raw.append(found.estimate - truth)
    assert 0.91 <= np.mean(covered) <= 0.985
    assert abs(np.mean(corrected)) < abs(np.mean(raw))


def test_r_glm_nb_on_the_scottish_districts():
    """R 4.2.2, MASS::glm.nb(O ~ offset(log(E))): mean 1.422060012, theta 1.879489974; the posterior by arithmetic."""
    found = empirical_bayes_rates(LIP, DUE)
    assert found.mean == pytest.approx(1.422060012, rel=1e-6)
    assert found.shape == pytest.approx(1.879489974, rel=1e-5)
    first = found.table.iloc[0]
    assert first["raw"] == pytest.approx(9 / 1.4)
    assert first["estimate"] == pytest.approx((1.87949 + 9) / (1.87949 / 1.42206 + 1.4), rel=1e-5)
    assert (found.table["lower"] < found.table["estimate"]).all()
    assert (found.table["estimate"] < found.table["upper"]).all()


def test_pysal_marshall():
    """PySAL esda 2.9.0, smoothing.Empirical_Bayes on these six areas."""
    expected = [5.310835196324538, 4.349478368461615, 3.4119086864653974, 0.4932380994304152, 0.14586595039227004,
                0.33334684044380697]  # fmt: skip
    found = empirical_bayes_rates([9, 39, 11, 2, 0, 6], [1.4, 8.7, 3, 5, 4.2, 19.6], "marshall")
    np.testing.assert_allclose(found.table["estimate"], expected, rtol=1e-10)


@pytest.mark.parametrize("method", ["likelihood", "marshall"])
def test_areas_that_differ_no_more_than_by_chance_are_alike(method):
    found = empirical_bayes_rates([10, 20, 31, 39], [1, 2, 3, 4], method)
    assert np.isinf(found.shape)
    np.testing.assert_allclose(found.table["estimate"], 10)
    # that they are alike is itself not known: the intervals had no width here
    assert (found.table["lower"] < 9.5).all()
    assert (found.table["upper"] > 10.5).all()


@pytest.mark.parametrize("method", ["likelihood", "marshall"])
def test_steadied_rates_are_nearer_the_truth_and_cover_it(method):
    """100 seeded sets of 10 areas: with mean and shape taken as known 86 of 100 rates were held."""
    rng = np.random.default_rng(9)
    covered, gain = [], []
    for _ in range(100):
        base = rng.uniform(1, 30, 10)
        rate = rng.gamma(3, 0.5 / 3, 10)
        found = empirical_bayes_rates(rng.poisson(base * rate), base, method).table
        covered.append(((found["lower"] <= rate) & (rate <= found["upper"])).mean())
        gain.append(((found["estimate"] - rate) ** 2).sum() / ((found["raw"] - rate) ** 2).sum())
    assert np.mean(gain) < 0.8
    assert 0.92 <= np.mean(covered) <= 0.975


def test_the_interval_of_a_steadied_rate_integrates_mean_and_shape_out():
    """The same integral by brute force: gamma laws on a fine grid, their posterior chances, the quantiles between."""
    found = empirical_bayes_rates(LIP[:12], DUE[:12], level=0.9).table
    number, base = np.array(LIP[:12], dtype=float), np.array(DUE[:12])
    cv, mean = np.meshgrid(np.linspace(0.02, 4, 400), np.exp(np.linspace(-1, 2.5, 400)), indexing="ij")
    shape = 1 / cv**2
    law = stats.nbinom(shape[..., None], shape[..., None] / (shape[..., None] + mean[..., None] * base))
    chance = np.exp(law.logpmf(number).sum(-1))
    chance /= chance.sum()
    for name, share in (("lower", 0.05), ("upper", 0.95)):
        for area in (0, 7):
            after = stats.gamma(shape + number[area], scale=1 / (shape / mean + base[area]))
            below = (chance * after.cdf(found[name].iloc[area])).sum()
            assert below == pytest.approx(share, abs=2e-3)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: location_quotient([4], [5]), "One area"),
        (lambda: location_quotient([4, 5], [5, 0]), "above 0"),
        (lambda: location_quotient([4, 5], [5, 1, 2]), "one of each"),
        (lambda: location_quotient([0, 0], [5, 1]), "All counts are zero"),
        (lambda: location_quotient([0.5, 3], [5, 1]), "whole numbers"),
        (lambda: top_share([4, 5, 6], 3), "give fewer"),
        (lambda: top_share([0, 0, 0], 1), "no area"),
        (lambda: empirical_bayes_rates([4, 5], [5, 1]), "three or more"),
        (lambda: empirical_bayes_rates([4, 5, 1], [5, 1, -1]), "above 0"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()
