"""Power laws, log-normals above a threshold and excesses; what concentration refuses."""

import numpy as np
import pytest
from scipy import integrate, special, stats

from analysis import InputError
from analysis.models import (
    concentration,
    pareto_excess,
    power_law,
    power_law_binned,
    truncated_lognormal,
)
from analysis.models.power_law_tails import Tail, nearest, random_tail
from analysis.models.truncated_lognormal import cut_moments
from analysis.models.zeta import log_zeta

RNG = np.random.default_rng(5)
PARETO = (1 - RNG.random(1_000)) ** (-1 / 1.5)  # alpha 2.5 above 1
LOGNORMAL = np.exp(RNG.normal(1, 1.5, 4_000))


def test_alpha_is_the_closed_form():
    found = power_law([1, np.e, np.e**2, np.e**3], xmin=1)
    assert found.alpha == pytest.approx(1 + 4 / 6)
    assert found.alpha_se == pytest.approx(4 / 6 / 2)
    assert found.loglik == pytest.approx(4 * np.log(4 / 6) - (1 + 4 / 6) * 6)
    steps = np.abs(1 - np.exp(-4 / 6 * np.arange(4)) - np.arange(4) / 4)
    assert found.ks == pytest.approx(steps.max())


def test_xmin_is_where_another_law_begins():
    below = RNG.uniform(0.1, 1, 1_000)
    found = power_law(np.concatenate([below, PARETO]))
    assert 0.8 < found.xmin < 1.4
    assert abs(found.alpha - 2.5) < 3 * found.alpha_se
    assert found.n == 2_000
    scaled = power_law(1e6 * np.concatenate([below, PARETO]))
    assert scaled.xmin == pytest.approx(1e6 * found.xmin)
    assert scaled.alpha == pytest.approx(found.alpha)


def test_counts_meet_their_likelihood():
    x = random_tail(Tail(2.2, 0, 2, 0, 0, 0), 3_000, True, np.random.default_rng(1))
    found = power_law(x, discrete=True, xmin=2)

    def loglik(alpha):
        return -len(x) * np.log(special.zeta(alpha, 2)) - alpha * np.log(x).sum()

    assert found.loglik == pytest.approx(loglik(found.alpha))
    assert loglik(found.alpha) > max(loglik(found.alpha - 1e-3), loglik(found.alpha + 1e-3))
    assert abs(found.alpha - 2.2) < 3 * found.alpha_se


def test_random_counts_have_the_chances_of_the_law():
    x = random_tail(Tail(2.5, 0, 3, 0, 0, 0), 40_000, True, np.random.default_rng(2))
    chances = np.arange(3, 9) ** -2.5 / special.zeta(2.5, 3)
    seen = np.array([(x == k).sum() for k in range(3, 9)])
    rest = 40_000 * (1 - chances.sum())
    assert stats.chisquare([*seen, 40_000 - seen.sum()], [*(40_000 * chances), rest]).pvalue > 0.001


def test_zeta_is_scipys_where_scipy_has_one():
    s, q = np.meshgrid([1.001, 1.5, 2, 3, 7, 20, 60], [1, 2, 10, 100, 1e4])
    assert np.allclose(log_zeta(s, q), np.log(special.zeta(s, q)), atol=1e-11)
    assert np.isfinite(log_zeta(200.0, 1e9))


def test_rivals_are_told_apart():
    ratio, p = power_law(PARETO, xmin=1).versus("exponential")
    assert ratio > 0
    assert p < 0.01
    ratio, p = power_law(LOGNORMAL, xmin=1).versus("lognormal")
    assert ratio < 0
    assert p < 1e-6
    assert abs(power_law(PARETO, xmin=1).versus("lognormal").ratio) < 5
    counts = np.floor(LOGNORMAL) + 1
    assert power_law(counts, True, xmin=1).versus("lognormal").ratio < -100


def test_the_lognormal_is_the_pareto_in_its_limit():
    quantiles = (1 - (np.arange(200) + 0.5) / 200) ** -1.3
    quantiles[-1] *= 20
    found = power_law(quantiles, xmin=1)
    assert found.versus("lognormal") == (0, 1)
    assert truncated_lognormal(quantiles, 1).is_pareto
    assert truncated_lognormal(quantiles, 1).loglik == pytest.approx(
        power_law(np.append(quantiles, 1.0), xmin=1).loglik, rel=0.02
    )


@pytest.mark.parametrize("seed", [2, 4, 12, 13, 29, 35])
def test_the_rival_is_the_best_log_normal_however_far_its_mean(seed):
    y = np.append(np.random.default_rng(seed).exponential(size=350), 0)
    law = power_law(np.exp(y), xmin=1)
    a = np.linspace(0.5, 30, 60)[:, None]
    s = y.mean() / (stats.truncnorm(a, np.inf).mean() - a)
    logs = stats.norm.logpdf(y / s + a) - np.log(s) - special.log_ndtr(-a)
    best = max(logs.sum(1).max() - (law.loglik + y.sum()), 0)
    ratio, p = law.versus("lognormal")
    assert best - 1e-9 <= -ratio <= best + 1e-3
    assert (p == 1) == (best == 0)


@pytest.mark.parametrize("a", [-20.0, -3.0, 0.0, 4.0, 9.99, 10.0, 60.0, 299.0])
def test_moments_of_a_cut_normal_are_integrals(a):
    y, step = np.linspace(0, max(-a, 0) + min(12.0, 60 / max(a, 1)), 400_001, retstep=True)
    weight = np.exp(-a * y - y**2 / 2 - min(a, 0) ** 2 / 2)
    integrals = [integrate.simpson(weight * y**k, dx=step) for k in range(5)]
    assert cut_moments(a).tolist() == pytest.approx((integrals / integrals[0]).tolist(), rel=1e-8)


@pytest.mark.parametrize("ratio", [2.0, 10.0])
def test_bins_of_one_ratio_have_a_closed_form(ratio):
    counts = np.array([60, 25, 10, 4, 1])
    edges = np.append(3 * ratio ** np.arange(5), np.inf)
    closed = power_law_binned(3 * ratio ** np.arange(6.0), counts, 3)
    mean = counts @ np.arange(5) / counts.sum()
    assert closed.alpha == pytest.approx(1 + np.log1p(1 / mean) / np.log(ratio), abs=1e-12)
    # an open last bin is 4 or more: geometric, cut; its maximum is failures over trials
    opened = power_law_binned(edges, counts, 3)
    trials = counts[:-1].sum() + counts @ np.arange(5)
    stay = 1 - counts[:-1].sum() / trials
    assert opened.alpha == pytest.approx(1 - np.log(stay) / np.log(ratio), abs=1e-12)


def test_narrow_bins_are_the_values():
    edges = np.geomspace(1, PARETO.max() * 1.001, 4_000)
    counts = np.histogram(PARETO, edges)[0]
    assert power_law_binned(edges, counts, 1.0).alpha == pytest.approx(
        power_law(PARETO, xmin=1).alpha, abs=5e-3
    )
    binned, values = (
        power_law_binned(edges, counts, 1.0).versus("exponential"),
        power_law(PARETO, xmin=1).versus("exponential"),
    )
    assert binned.ratio == pytest.approx(values.ratio, rel=0.01)
    assert binned.p == pytest.approx(values.p, rel=0.1)


def test_bins_find_their_start_and_their_rival():
    edges = np.append(np.arange(1.0, 10), [*range(10, 100, 10), 100, 200, 500, np.inf])
    both = np.concatenate([PARETO * 3, RNG.uniform(1, 3, 600)])
    found = power_law_binned(edges, np.histogram(both, edges)[0])
    assert found.bmin >= 3
    assert abs(found.alpha - 2.5) < 3.5 * found.alpha_se
    assert found.goodness_of_fit(99) > 0.05
    wrong = power_law_binned(edges, np.histogram(LOGNORMAL, edges)[0], 1)
    assert wrong.goodness_of_fit(99) == 0.01
    assert wrong.versus("lognormal").ratio < 0
    assert wrong.versus("lognormal").p < 0.001


def test_a_truncated_lognormal_meets_scipy():
    found = truncated_lognormal(LOGNORMAL, 5.0)
    above = LOGNORMAL[LOGNORMAL >= 5]
    law = stats.lognorm(found.sigma, scale=np.exp(found.mu))
    assert found.loglik == pytest.approx(law.logpdf(above).sum() - len(above) * law.logsf(5), abs=1e-6)
    assert found.share_above == pytest.approx(law.sf(5))
    assert found.n == len(above)

    def loglik(mu, sigma):
        y = np.log(above)
        return stats.norm(mu, sigma).logpdf(y).sum() - len(y) * stats.norm(mu, sigma).logsf(np.log(5))

    h = 1e-3
    hessian = [
        [
            sum(
                s * t * loglik(found.mu + s * a * h + t * c * h, found.sigma + s * b * h + t * d * h)
                for s in (-1, 1)
                for t in (-1, 1)
            )
            / (4 * h * h)
            for c, d in ((1, 0), (0, 1))
        ]
        for a, b in ((1, 0), (0, 1))
    ]
    errors = np.sqrt(np.diag(np.linalg.inv(-np.array(hessian))))
    assert [found.mu_se, found.sigma_se] == pytest.approx(errors.tolist(), rel=1e-3)


@pytest.mark.parametrize("shape", [-0.4, 0.0, 0.3, 1.5])
def test_excesses_meet_scipy(shape):
    x = 7 + stats.genpareto(shape, scale=3).rvs(800, random_state=np.random.default_rng(4))
    found = pareto_excess(np.append(x, [1, 2, 3]), 7)
    fitted = stats.genpareto.fit(x - 7, shape, floc=0, scale=3)
    assert [found.shape, found.scale] == pytest.approx([fitted[0], fitted[2]], abs=2e-4)
    assert found.loglik >= stats.genpareto(*fitted).logpdf(x - 7).sum() - 1e-9
    assert (found.n, found.total) == (800, 803)
    level = found.return_levels(100, [10]).loc[10]
    law = stats.genpareto(found.shape, scale=found.scale)
    assert level["estimate"] == pytest.approx(7 + law.isf(1 / 80), rel=1e-9)
    assert level["lower"] < level["estimate"] < level["upper"]


X5 = [1.0, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: power_law([-1, 2.0]), "row 0"),
        (lambda: power_law([1, np.nan]), "row 1"),
        (lambda: power_law([2, 2, 2.0]), "no two that differ"),
        (lambda: power_law([5.0]), "give at least 2"),
        (lambda: power_law([1.5, 2, 3], True), "whole numbers"),
        (lambda: power_law(X5, xmin=10), "x has 0 values from xmin = 10 on"),
        (lambda: power_law(X5, True, xmin=1.5), "xmin must be a finite whole number"),
        (lambda: power_law(X5).versus("gamma"), "rival must be one of"),
        (lambda: power_law(X5).goodness_of_fit(1), "draws"),
        (lambda: power_law_binned([1, 3, 2], [1, 1]), "ascend"),
        (lambda: power_law_binned([1, 2, 3], [1, -1]), "counts holds -1 in bin 1"),
        (lambda: power_law_binned([1, 2, 3], [1, 0.5]), "counts holds 0.5 in bin 1"),
        (lambda: power_law_binned([1, 2], [1, 2]), "one edge more"),
        (lambda: power_law_binned([1, 2, 3], [1, 1], 1.5), "bmin must be one of the edges"),
        (lambda: power_law_binned([1, 2, 3], [5, 0], 1), "at least two of them"),
        (lambda: power_law_binned([1, 2, 3], [5, 1]), "at least three of them"),
        (lambda: pareto_excess(X5, 10), "0 of 5 values lie above the threshold 10"),
        (lambda: pareto_excess([1, np.inf], 0), "row 1"),
        (lambda: pareto_excess(X5, np.nan), "threshold must be a finite number"),
        (lambda: pareto_excess([1.0] * 50 + [0.5], 0), "end abruptly"),
        (lambda: pareto_excess(PARETO, 2).return_levels(1e6), "below the threshold"),
        (lambda: pareto_excess(PARETO, 2).return_levels(10, [np.nan]), "periods"),
        (lambda: truncated_lognormal(X5, 10), "0 of 5 values"),
        (lambda: truncated_lognormal(X5, np.inf), "threshold"),
        (lambda: concentration([0, 0]), "not all of them 0"),
        (lambda: concentration([1, -1]), "row 1"),
        (lambda: concentration(X5, 10), "fractions"),
    ],
)
def test_bad_input_is_a_sentence(call, said):
    with pytest.raises(InputError, match=said):
        call()


def covers(estimates, errors, truth, level):
    """Assert that estimates are near the truth and intervals of normal theory cover, within Monte Carlo error."""
    estimates, errors = np.array(estimates), np.array(errors)
    runs = len(estimates)
    assert abs(estimates.mean() - truth) < 3.5 * estimates.std() / np.sqrt(runs) + 0.02 * abs(truth)
    inside = np.abs(estimates - truth) < stats.norm.ppf((1 + level) / 2) * errors
    assert abs(inside.mean() - level) < 3.5 * np.sqrt(level * (1 - level) / runs) + 0.01


def test_exponents_are_recovered_and_intervals_cover():
    rng, edges = np.random.default_rng(8), np.append(2.0 ** np.arange(8), np.inf)
    values, counts, bins = [], [], []
    for _ in range(150):
        x = (1 - rng.random(300)) ** (-1 / 1.4)
        values.append(power_law(x, xmin=1))
        bins.append(power_law_binned(edges, np.histogram(x, edges)[0], 1))
        counts.append(power_law(random_tail(Tail(2.4, 0, 1, 0, 0, 0), 300, True, rng), True, xmin=1))
    for found in (values, counts, bins):
        covers([one.alpha for one in found], [one.alpha_se for one in found], 2.4, 0.9)


def test_goodness_of_fit_keeps_its_size():
    rng = np.random.default_rng(9)
    p = np.array(
        [power_law((1 - rng.random(40)) ** (-1 / 1.5)).goodness_of_fit(19, seed=k) for k in range(50)]
    )
    assert (p <= 0.1).mean() < 0.1 + 3.5 * np.sqrt(0.09 / 50)


def test_truncated_lognormals_are_recovered():
    rng, found = np.random.default_rng(10), []
    for _ in range(300):
        found.append(truncated_lognormal(np.exp(rng.normal(1, 1, 1_500)), 1.0))
    covers([one.mu for one in found], [one.mu_se for one in found], 1, 0.9)
    covers([one.sigma for one in found], [one.sigma_se for one in found], 1, 0.9)


def test_return_levels_cover():
    rng, truth, inside, runs = np.random.default_rng(12), stats.genpareto(0.3, scale=2), 0, 80
    for _ in range(runs):
        row = pareto_excess(truth.rvs(150, random_state=rng), 0).return_levels(15, [10]).loc[10]
        inside += row["lower"] <= truth.isf(1 / 100) <= row["upper"]
    assert abs(inside / runs - 0.9) < 3.5 * np.sqrt(0.09 / runs) + 0.01


def test_a_search_in_two_steps_finds_what_a_full_one_finds():
    def distance(k):
        return abs(k - 7_213) / 1e4 + 0.01

    assert nearest(10_000, distance, 300) == nearest(10_000, distance, 20_000) == 7_213
    below = RNG.uniform(0.1, 1, 20_000)
    found = power_law(np.concatenate([below, (1 - RNG.random(20_000)) ** (-1 / 1.5)]))
    assert 0.9 < found.xmin < 1.3
    assert abs(found.alpha - 2.5) < 3.5 * found.alpha_se
