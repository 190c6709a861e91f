"""Propensity by economy and fractional logit, against arithmetic, R, statsmodels and known truth."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from scipy.special import expit

from analysis.errors import InputError
from analysis.models import fractional_logit, gtric, gtric_ranks

SEIZED = pd.Series([700, 150, 60, 30, 0], index=["CN", "HK", "TR", "IN", "NZ"])
BOUGHT = pd.Series([4000, 100, 300, 900, 200], index=SEIZED.index)


def test_the_index_is_the_truncated_normal_law_of_log_factors():
    """The annex's steps, with scipy's truncated normal law."""
    factor = SEIZED / SEIZED.sum() / (BOUGHT / BOUGHT.sum())
    logs = np.log(factor + 1)
    mean, spread = logs.mean(), logs.std(ddof=1)
    expected = stats.truncnorm(-mean / spread, np.inf, mean, spread).cdf(logs)
    found = gtric(SEIZED, BOUGHT)
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert found["NZ"] == 0
    assert found.idxmax() == "HK"
    np.testing.assert_allclose(gtric(SEIZED.to_numpy() * 10, BOUGHT.to_numpy() / 7), expected, atol=1e-12)


def test_three_economies_by_hand():
    """Shares .8, .15, .05 of equal imports: factors 2.4, .45, .15; logs of 1 plus that; Phi from the tables."""
    logs = np.array([1.223775, 0.371564, 0.139762])
    mean, spread = 0.578367, 0.570830
    phi = stats.norm.cdf
    expected = [(phi((x - mean) / spread) - phi(-mean / spread)) / phi(mean / spread) for x in logs]
    assert gtric([80, 15, 5], [1, 1, 1]).tolist() == pytest.approx(expected, abs=1e-5)


def test_reporters_count_by_their_imports():
    seized = np.array([[8, 1, 1], [10, 45, 45.0]])
    bought = np.array([[30, 30, 30], [10, 0, 0.0]])
    intensity = 0.9 * np.array([0.8, 0.1, 0.1]) + 0.1 * np.array([0.1, 0.45, 0.45])
    factor = intensity / np.array([0.4, 0.3, 0.3])
    logs = np.log1p(factor)
    law = stats.truncnorm(-logs.mean() / logs.std(ddof=1), np.inf, logs.mean(), logs.std(ddof=1))
    np.testing.assert_allclose(gtric(seized, bought), law.cdf(logs), atol=1e-12)


def test_ranks_are_sure_where_seizures_are_many():
    found = gtric_ranks(SEIZED * 100, BOUGHT, draws=300)
    assert found.index.tolist() == ["HK", "TR", "CN", "IN", "NZ"]
    assert (found["rank_lower"].iloc[[0, 3, 4]] == found["rank_upper"].iloc[[0, 3, 4]]).all()
    few = gtric_ranks([7, 2, 1, 1, 0], BOUGHT.to_numpy(), draws=300)
    assert (few["rank_upper"] - few["rank_lower"]).max() >= 2
    np.testing.assert_allclose(found["index"].sort_index(), gtric(SEIZED, BOUGHT).sort_index())


@pytest.mark.parametrize("resample", ["seizures", "reporters"])
def test_rank_intervals_hold_the_true_rank(resample):
    """100 seeded sets of eight economies: at least nine in ten true ranks lie inside, within Monte Carlo error."""
    rng = np.random.default_rng(4)
    bought = rng.uniform(50, 150, (12, 8))
    propensity = np.exp(np.linspace(1, -1, 8))
    inside = []
    for _ in range(100):
        chance = bought * propensity * (1 if resample == "seizures" else rng.gamma(2, 0.5, bought.shape))
        seized = np.stack([rng.multinomial(60, one / one.sum()) for one in chance])
        found = gtric_ranks(seized, bought, resample, draws=200).sort_index()
        truth = np.arange(1, 9)
        inside.append(((found["rank_lower"] <= truth) & (truth <= found["rank_upper"])).mean())
    assert np.mean(inside) > 0.9 - 0.03


# Made up; the results are those of R 4.2.2: glm(y ~ x + z, quasibinomial) and the sandwich by matrix products.
Y = [0.10, 0.35, 0, 0.62, 0.9, 1, 0.45, 0.2, 0.71, 0.05, 0.33, 0.8]
X = pd.DataFrame({"x": [1, 2, 0, 3, 5, 6, 2, 1, 4, 0, 3, 3], "z": [0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0]})
GROUP = np.repeat(list("abcd"), 3)


def test_r_fractional_logit():
    found = fractional_logit(Y, X).coefficients
    assert found.index.tolist() == ["intercept", "x", "z"]
    assert found["estimate"].tolist() == pytest.approx([-2.7348643393, 1.0481026634, -0.1247415206], rel=1e-8)
    assert found["se"].tolist() == pytest.approx([0.4234061371, 0.1369355977, 0.4838025563], rel=1e-7)
    clustered = fractional_logit(Y, X, GROUP, few=False)
    assert clustered.coefficients["se"].tolist() == pytest.approx(
        [0.6167577337, 0.1723297832, 0.7388514467], rel=1e-7
    )
    assert clustered.clusters == 4
    assert (clustered.coefficients["df"] == 3).all()
    weighted = fractional_logit(Y, X, weights=[3, 1, 2, 4, 1, 2, 2, 5, 1, 3, 2, 2]).coefficients
    assert weighted["estimate"].tolist() == pytest.approx(
        [-2.7358818045, 1.1084482741, -0.2538036975], rel=1e-8
    )


def test_statsmodels_clustered():
    rng = np.random.default_rng(5)
    x = rng.normal(size=(300, 2))
    group = rng.integers(0, 25, 300)
    y = rng.beta(*(4 * np.stack([p := expit(0.3 + x @ [0.8, -0.5]), 1 - p])))
    model = sm.GLM(y, sm.add_constant(x), family=sm.families.Binomial())
    theirs = model.fit(cov_type="cluster", cov_kwds={"groups": group}, tol=1e-12)
    ours = fractional_logit(y, x, group, few=False).coefficients
    np.testing.assert_allclose(ours["estimate"], theirs.params, rtol=1e-8)
    np.testing.assert_allclose(ours["se"], theirs.bse, rtol=1e-8)


def test_clusters_are_the_matrices_of_all_their_rows():
    """CR2 of Bell and McCaffrey (2002) on the rows as the last step of the fit weighs them, written out."""
    found = fractional_logit(Y, X, GROUP)
    x = np.column_stack([np.ones(12), X.to_numpy(float)])
    p = np.asarray(found.fitted)
    weighed, left = x * np.sqrt(p * (1 - p))[:, None], (np.array(Y) - p) / np.sqrt(p * (1 - p))
    bread = np.linalg.inv(weighed.T @ weighed)
    meat = np.zeros((3, 3))
    for name in np.unique(GROUP):
        own = weighed[name == GROUP]
        values, vectors = np.linalg.eigh(np.eye(len(own)) - own @ bread @ own.T)
        score = own.T @ (vectors * values**-0.5) @ vectors.T @ left[name == GROUP]
        meat += np.outer(score, score)
    assert found.coefficients["se"].to_numpy() == pytest.approx(np.sqrt(np.diag(bread @ meat @ bread)))
    assert (found.coefficients["df"] <= 3).all()


def test_shares_with_clusters_are_covered():
    """200 seeded panels of 30 products over 5 years; the Monte Carlo error is 1.5 points at 95%."""
    rng = np.random.default_rng(6)
    group, year = np.repeat(np.arange(30), 5), np.tile(np.arange(5.0), 30)
    truth = []
    draws = [draw_panel(rng, group, year) for _ in range(200)]
    whole = np.mean([fractional_logit(y, year, group).coefficients.loc["x1", "estimate"] for y in draws])
    for y in draws:
        row = fractional_logit(y, year, group).coefficients.loc["x1"]
        truth.append(row["lower"] <= whole <= row["upper"])
    assert whole == pytest.approx(0.3, abs=0.05)  # a little flatter than within products: shares are averaged
    assert 0.905 <= np.mean(truth) <= 0.985


def draw_panel(rng, group, year):
    own = rng.normal(0, 0.6, 30)[group]
    p = expit(-1 + 0.3 * year + own)
    return rng.beta(20 * p, 20 * (1 - p))


def test_slopes_are_derivatives():
    found = fractional_logit(Y, X)
    b = found.coefficients["estimate"]
    moved = expit(b["intercept"] + X.assign(x=X["x"] + 1e-6) @ b[["x", "z"]])
    assert (moved.mean() - found.fitted.mean()) / 1e-6 == pytest.approx(found.slopes["x"], rel=1e-4)
    assert found.slopes.index.tolist() == ["x", "z"]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: gtric(SEIZED, BOUGHT * [1, 1, 1, 0, 1]), "'IN' has zero imports"),
        (lambda: gtric([1, 2, 3], [1, 0, 2]), "Economy 2 has zero imports"),
        (lambda: gtric([1, 2], [1, 2]), "three or more"),
        (lambda: gtric([1, 2, 3], [1, 2, 3]), "no spread"),
        (lambda: gtric([0, 0, 0], [1, 2, 3]), "no seizures"),
        (lambda: gtric([1, -2, 3], [1, 2, 3]), "below zero"),
        (lambda: gtric([1, 2, 3], [1, 2, 3, 4]), "same rows"),
        (lambda: gtric(SEIZED, BOUGHT[::-1]), "another order"),
        (lambda: gtric_ranks([1.5, 2, 3], [1, 2, 2]), "no count"),
        (lambda: gtric_ranks([1, 2, 3], [1, 2, 2], "reporters"), "five or more"),
        (lambda: fractional_logit([0.1, 1.2, 0.3], [1, 2, 3]), "between 0 and 1"),
        (lambda: fractional_logit([0, 0, 1, 1], [1, 2, 3, 4]), "separated"),
        (lambda: fractional_logit(Y, X.assign(w=X["x"] * 2)), "follows from the others"),
        (lambda: fractional_logit(Y, X, ["a"] * 12), "One cluster"),
        (lambda: fractional_logit(Y, X, ["a"] * 11), "12 labels"),
        (lambda: fractional_logit(Y, X, [*"aaaabbbbccc", None]), "no label at place 12"),
        (lambda: fractional_logit(Y, X, weights=[0] * 12), "above 0"),
        (lambda: fractional_logit(Y[:3], X[:3]), "too few"),
        (lambda: fractional_logit(Y, X[:5].to_numpy()), "one row for each"),
    ],
)
def test_wrong_input_is_refused_in_a_sentence(call, words):
    with pytest.raises(InputError, match=words):
        call()


def test_years_kept_as_another_type_are_the_same_reporters() -> None:
    """A pivot of a nullable column has years of type Int64, a range plain integers: the labels are what they say."""
    seized = pd.DataFrame(
        {"CN": [5, 6], "HK": [3, 1], "TR": [2, 4]}, index=pd.Index([2019, 2020], dtype="Int64")
    )
    traded = pd.DataFrame({"CN": [9, 8], "HK": [4, 5], "TR": [7, 7]}, index=range(2019, 2021))
    assert gtric(seized, traded).tolist() == gtric(seized.to_numpy(), traded.to_numpy()).tolist()
    with pytest.raises(InputError, match="other reporters"):
        gtric(seized.set_axis([2020, 2019]), traded)
